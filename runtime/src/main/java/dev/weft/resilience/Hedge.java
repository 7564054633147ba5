package dev.weft.resilience;

import dev.weft.AsyncCallable;
import dev.weft.Coroutine;
import java.time.Duration;

/**
 * Shortens the longest waits for a service: a slow call gets company.
 *
 * <pre>{@code
 * Coroutine<String> fetchFast(String url) {
 *     return Hedge.of(ofMillis(200), 3, () -> fetch(url)); // at 0, 200 and 400 ms
 * }
 * }</pre>
 *
 * <p>Only for operations that may run several times at once, such as reads.
 */
public final class Hedge {
    private Hedge() {}

    /**
     * Starts an attempt of {@code body} as a task, and another one each time that {@code after} has
     * passed since the last start, but at most {@code most}. A failure of an attempt starts the
     * next one at once. Has the first value. The other attempts are then cancelled, and the call
     * ends when all have ended.
     *
     * <p>If all attempts fail, the first failure is thrown, with the others suppressed in it in the
     * order in which they occurred. Failures before the first value are dropped; the failure of a
     * clean-up after it is reported. A value that comes at the time at which an attempt is due
     * wins: that attempt does not start. An attempt that ends cancelled starts no other one.
     *
     * <p>Cancelling the call cancels all attempts. The failure of a clean-up then wins over the
     * cancellation.
     *
     * @throws IllegalArgumentException at the call, if {@code after} is not positive, or {@code
     *     most} is less than 1
     */
    public static <T> Coroutine<T> of(Duration after, int most, AsyncCallable<T> body) {
        Arguments.positive("after", after);
        Arguments.atLeastOne("most", most);
        Arguments.notNull("body", body);
        return new HedgedCall<>(after, most, body);
    }
}
