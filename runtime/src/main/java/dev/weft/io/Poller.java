package dev.weft.io;

/**
 * The place where an event loop waits. Each loop has one. The default parks the loop's thread; a
 * poller for sockets waits for those instead and makes the tasks ready that wait for them.
 *
 * <p>The loop's thread calls every method except {@link #wakeup}.
 */
public interface Poller {
    /**
     * Waits until {@link #wakeup} is called, a watched source is ready, the thread is interrupted,
     * or {@code nanos} have passed. Then makes the tasks ready that wait for the ready sources. May
     * return early at any time, and late by the resolution of its clock.
     *
     * <p>A wake-up that arrives after the previous return, before this call or during it, ends this
     * call. An implementation must not consume such a wake-up in any other way. An interrupt ends
     * the wait and stays set. A failure of a watched source must not be thrown.
     *
     * @param nanos the longest wait in nanoseconds; 0 to look without waiting; {@code
     *     Long.MAX_VALUE} for no limit
     */
    void poll(long nanos);

    /**
     * Ends the current wait, or the next one if there is none. Any thread. Called at most once per
     * wait, by the thread that was the first to hand something in.
     */
    void wakeup();

    /**
     * Returns whether a task waits for a watched source. If not, a busy loop need not poll, and an
     * idle loop in virtual time may advance its clock.
     */
    boolean isAwaited();

    /**
     * Releases all resources. The loop has ended and makes no further call. A {@link #wakeup} of
     * another thread may still come late, and must have no effect.
     */
    default void close() {}
}
