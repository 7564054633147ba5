package dev.weft;

/**
 * A callback that is scheduled on a loop. Loop's thread only.
 *
 * <pre>{@code
 * EventLoop loop = EventLoop.current();
 * Handle reminder = loop.callLater(ofSeconds(30), () -> log.add("no reply yet"));
 * log.add(await(reply()));
 * reminder.cancel(); // it came in time
 * }</pre>
 */
public interface Handle {
    /** Takes the callback back if it has not run. Cancelling twice has no effect. */
    void cancel();

    /** Returns whether {@link #cancel} was called. */
    boolean cancelled();
}
