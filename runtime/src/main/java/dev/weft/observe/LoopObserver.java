package dev.weft.observe;

import org.jspecify.annotations.Nullable;

/**
 * Learns what one loop does. Given to {@code EventLoop.observe}, it hears of what happens from then
 * on.
 *
 * <p>All methods but {@link #stepOverdue} are called on the loop's thread, between or inside the
 * steps of tasks, and delay them: they only record. They must not call the loop: what happens
 * inside an observer is told to no observer. An observer that throws is logged, and hears nothing
 * more. An observer that comes inside a step does not hear of its end. Several observers of a loop
 * are called in the order in which they came; at the end of a step in the reverse order, so that
 * what one restores at the beginning the same one takes back.
 */
public interface LoopObserver {
    /**
     * Called when a task was created.
     *
     * @param creator the task in whose step that was; null outside of tasks
     */
    default void taskCreated(ObservedTask task, @Nullable ObservedTask creator) {}

    /** Called before a step of a task or a callback runs. */
    default void stepBegins(Step step) {}

    /**
     * Called after a step has run whose beginning was told. The task is suspended then, or has
     * ended.
     */
    default void stepEnds(Step step) {}

    /**
     * Called after the last step of a task, before {@link #stepEnds}.
     *
     * @param failure the exception, which may be a cancellation; null if the task has a value
     */
    default void taskEnded(ObservedTask task, @Nullable Throwable failure) {}

    /**
     * Called before a new task, callback or blocking work takes over the values of the task-locals
     * of the running code. An observer may set a task-local then.
     */
    default void inheriting() {}

    /**
     * Called before the loop sleeps, and a few times a second otherwise.
     *
     * @param ready the number of steps and callbacks that can run
     * @param timers the number of timers that are set, those of sleeping tasks included
     */
    default void sampled(int ready, int timers) {}

    /**
     * Called when a timer has become due.
     *
     * @param late the nanoseconds after the deadline, on the loop's clock
     */
    default void timerFired(long late) {}

    /** Called when the loop has received something from another thread. */
    default void handedIn() {}

    /**
     * Called after the loop had nothing to do.
     *
     * @param from the beginning, as a time of {@code System.nanoTime}
     * @param to the end
     */
    default void idle(long from, long to) {}

    /**
     * Called when a failure is reported because no code can see it otherwise.
     *
     * @param task the task that failed; null if there is none
     */
    default void unhandled(String message, Throwable exception, @Nullable ObservedTask task) {}

    /**
     * Called on the thread that watches the loops, while a step blocks its loop for longer than
     * {@code weft.blocked} allows.
     *
     * @param label the step that runs
     * @param thread the thread that runs it
     * @param nanos the time for which it has run at least
     */
    default void stepOverdue(String label, Thread thread, long nanos) {}

    /** Called when the loop is closed. No call follows. */
    default void loopClosed() {}
}
