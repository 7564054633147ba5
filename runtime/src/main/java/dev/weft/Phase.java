package dev.weft;

/**
 * Where a task stands: the low bits of its status word, one of these at a time. The loop's thread
 * alone reads and writes the word. What {@code prev} of the task means in each phase stands beside
 * it; where nothing is said it is null or a {@link Request} that is held.
 *
 * <pre>{@code
 * CREATED -> RUNNING                                         its first step
 * QUEUED -> RUNNING -> WAITING  -> QUEUED                    the awaited thing has ended
 *                   -> SLEEPING -> EXPIRED -> QUEUED         the timer is due; its handle runs; the step runs
 *                   -> SLEEPING or PARKED -> QUEUED          cancelled
 *                   -> PARKED -> QUEUED                      unparked
 *                      EXPIRED -> DISPLACED -> QUEUED        cancelled while the timer's handle still stands in the ready queue
 *                   -> ENDED
 * }</pre>
 */
final class Phase {
    /** In the ready queue for its first step. */
    static final int CREATED = 0;

    /**
     * In the ready queue; prev: what the wake-up brings, a {@link Deferred}, a {@link Request}, or
     * null for nothing.
     */
    static final int QUEUED = 8;

    /** In its step, or, if it pumps the loop by {@link Weft#runNested}, below it. */
    static final int RUNNING = 1;

    /** In line at a {@link Deferred}, which is prev. */
    static final int WAITING = 2;

    /** In the timer wheel, which owns prev. */
    static final int SLEEPING = 3;

    /** Asleep until {@link Task#unpark}, or for ever; in no list. */
    static final int PARKED = 4;

    /** In the ready queue as the timer's handle, whose turn queues the step. */
    static final int EXPIRED = 5;

    /**
     * As EXPIRED, but a {@link StandIn} further back has the wake-up, and prev is the {@link
     * Request} that it brings.
     */
    static final int DISPLACED = 6;

    /** Done. */
    static final int ENDED = 7;

    static final int MASK = 15;

    /**
     * A timeout around what the task runs has expired and is held until the task suspends. Set by
     * the timeout, any phase.
     */
    static final int OVERDUE = 16;

    /** One request of cancellation that was not taken back: the bits above count them. */
    static final int REQUEST = 32;

    private Phase() {}
}
