package dev.weft;

import org.jspecify.annotations.Nullable;

/**
 * How something awaitable ended, as a value, which any thread may read.
 *
 * <pre>{@code
 * for (Outcome<Integer> outcome :
 *         await(gatherOutcomes(length("four"), length("")))) {
 *     if (outcome instanceof Outcome.Success<Integer> success) {
 *         log.add("is " + success.value());
 *     } else if (outcome instanceof Outcome.Failure<Integer> failure) {
 *         log.add("failed: " + failure.exception().getMessage());
 *     }
 * }
 * }</pre>
 *
 * @param <T> what it gives when it succeeds
 */
public sealed interface Outcome<T> {
    /** It gave a value, which may be null. */
    record Success<T>(@Nullable T value) implements Outcome<T> {}

    /** It threw. */
    record Failure<T>(Throwable exception) implements Outcome<T> {}

    /** It was cancelled, with the message of the request or null. */
    record Cancelled<T>(@Nullable String message) implements Outcome<T> {}
}
