package dev.weft;

/**
 * The phases of a task, and the flags: the low bits of a task's status word, for the loop's thread
 * only. The slot of the task ({@code Node.slot}) has one meaning in each phase, which the constants
 * below describe. In the other phases the slot is null or a {@link CancelRequest} that is held.
 *
 * <pre>{@code
 * CREATED -> RUNNING                                   its first step
 * QUEUED  -> RUNNING -> WAITING  -> QUEUED             the awaited result has arrived
 *                    -> SLEEPING -> EXPIRED -> QUEUED  the timer is due; its turn runs; the step runs
 *                    -> SLEEPING or PARKED -> QUEUED   cancelled
 *                    -> PARKED -> QUEUED               unparked
 *                       EXPIRED -> DISPLACED -> QUEUED cancelled while that turn is in the ready queue
 *                    -> ENDED
 * }</pre>
 *
 * <p>The operations of cancelling. Each says who calls it, whether {@code cancelling()} grows, and
 * what happens if the task runs or its wake-up is queued, so that nothing can be interrupted:
 *
 * <pre>
 * operation                caller                  counts  if nothing can be interrupted
 * stop                     cancel(), a sweep       yes     the request is held
 * interrupt                stop, a timeout         no      returns false
 * demand                   a group on its body     yes     the request is held
 * hold                     stop, demand            no      held; delivered at the next step or suspension
 * countRequests            a timeout that expired  yes     -
 * markOverdue              a timeout               no      expires at the next suspension
 * interruptSuspended       an overdue timeout      no      returns false
 * takeBackRequest          uncancel(), leaving     -1      drops a held request that came later
 * </pre>
 */
final class Phase {
    /** In its step, or waiting on the Java stack for a nested run. Not in any list. */
    static final int RUNNING = 1;

    /** Waiting for a {@link Deferred}, which is the slot. */
    static final int WAITING = 2;

    /** In the timer wheel, which owns the slot. */
    static final int SLEEPING = 3;

    /** Suspended until {@link TaskCore#unpark}, or for ever. In no list. */
    static final int PARKED = 4;

    /** In the ready queue as the turn of its timer, which queues the step. */
    static final int EXPIRED = 5;

    /**
     * In the ready queue as the turn of its timer, but cancelled: that turn does nothing. A
     * stand-in further back is the wake-up, and delivers the {@link CancelRequest} in the slot.
     */
    static final int DISPLACED = 6;

    /** Ended. */
    static final int ENDED = 7;

    /**
     * In the ready queue. The slot is what the wake-up delivers: a {@link Deferred}, a {@link
     * CancelRequest}, or null for nothing.
     */
    static final int QUEUED = 8;

    /** In the ready queue for its first step. Zero, so that a new task needs no store. */
    static final int CREATED = 0;

    static final int MASK = 15;

    // ---- flags, in any phase

    /** A timeout around the task's code has expired and takes effect when the task suspends. */
    static final int OVERDUE = 16;

    /** The current {@link CancelSweep} has asked the task. */
    static final int ASKED = 32;

    /** The current sweep has asked the task and is asking what the task waits for. */
    static final int ON_PATH = 64;

    /** The current sweep removes the task from the waiters of the result that it waits for. */
    static final int LEAVING = 128;

    /** A {@link Shielded} of the task runs, which keeps requests from outside. */
    static final int SHIELDED = 256;

    /** The bits of the status word that phase and flags take. */
    static final int BITS = 9;

    private Phase() {}
}
