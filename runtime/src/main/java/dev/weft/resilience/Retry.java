package dev.weft.resilience;

import dev.weft.AsyncCallable;
import dev.weft.Coroutine;
import java.util.function.Predicate;

/**
 * Repeats an operation that fails.
 *
 * <pre>{@code
 * Coroutine<String> fetchPatiently(String url) {
 *     return Retry.of(
 *             4, // attempts, the first included
 *             Backoff.exponential(ofMillis(100), ofSeconds(5)),
 *             failure -> failure instanceof IOException,
 *             () -> fetch(url));
 * }
 * }</pre>
 */
public final class Retry {
    private Retry() {}

    /**
     * Calls {@code body} and runs its coroutine in the current task, until an attempt has a value,
     * but at most {@code attempts} times. Pauses in between; each pause lets other tasks run, even
     * if its length is zero.
     *
     * <p>After the last attempt, or if {@code which} does not hold for a failure, the failure is
     * thrown. The earlier failures are suppressed in it, in order, the latest 1,000 of them. An
     * exception of {@code which} is thrown in place of the failure, which is suppressed in it.
     * {@code which} is not asked about the last attempt.
     *
     * <p>A {@link dev.weft.CancelledError} is never retried, and neither is a failure that comes
     * after a cancellation of the current task.
     *
     * @throws IllegalArgumentException at the call, if {@code attempts} is less than 1
     */
    public static <T> Coroutine<T> of(
            int attempts,
            Backoff backoff,
            Predicate<? super Throwable> which,
            AsyncCallable<T> body) {
        Arguments.atLeastOne("attempts", attempts);
        Arguments.notNull("backoff", backoff);
        Arguments.notNull("which", which);
        Arguments.notNull("body", body);
        return new RetriedCall<>(attempts, backoff, which, body);
    }
}
