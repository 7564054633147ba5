package dev.weft;

import org.jspecify.annotations.Nullable;

/**
 * The way in which an operation has ended, as a value. Any thread may read it.
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
 * @param <T> the value of a success
 */
public sealed interface Outcome<T> {
    /** The operation has returned a value, which may be null. */
    record Success<T>(@Nullable T value) implements Outcome<T> {}

    /** The operation has thrown an exception. */
    record Failure<T>(Throwable exception) implements Outcome<T> {}

    /** The operation was cancelled, with the message of the request or null. */
    record Cancelled<T>(@Nullable String message) implements Outcome<T> {}
}
