package dev.weft;

import org.jspecify.annotations.Nullable;

/**
 * How something awaitable ended, as a value.
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
