package dev.weft;

/**
 * A callback that was scheduled on a loop. Loop's thread only.
 *
 * <pre>{@code
 * EventLoop loop = EventLoop.current();
 * Handle reminder = loop.callLater(ofSeconds(30), () -> log.add("no reply yet"));
 * log.add(await(reply()));
 * reminder.cancel(); // it came in time
 * }</pre>
 */
public interface Handle {
    /** Takes the callback back if it has not run. Cancelling twice is harmless. */
    void cancel();

    /** Whether {@link #cancel} was called. */
    boolean cancelled();
}
