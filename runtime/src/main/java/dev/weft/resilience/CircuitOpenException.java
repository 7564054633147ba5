package dev.weft.resilience;

/**
 * Thrown by a {@link CircuitBreaker} that refuses a call.
 *
 * <pre>{@code
 * @Async
 * Coroutine<String> fetchOrWait(String url) {
 *     try {
 *         return Coroutine.of(await(breaker.call(() -> fetch(url))));
 *     } catch (CircuitOpenException open) {
 *         long pause = open.until() - EventLoop.current().time();
 *         await(sleep(Duration.ofNanos(pause)));
 *         return Coroutine.of(await(breaker.call(() -> fetch(url))));
 *     }
 * }
 * }</pre>
 */
public class CircuitOpenException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final long until;

    /** Creates an exception with a message. Called by the circuit breaker. */
    public CircuitOpenException(String message, long until) {
        super(message);
        this.until = until;
    }

    /**
     * Returns the time from which the breaker lets a trial pass, on the scale of {@link
     * dev.weft.EventLoop#time}. This time has come already if the call was refused because a trial
     * was running.
     */
    public long until() {
        return until;
    }
}
