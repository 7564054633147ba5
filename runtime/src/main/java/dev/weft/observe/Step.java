package dev.weft.observe;

import org.jspecify.annotations.Nullable;

/**
 * Code that runs on a loop without a pause: a step of a task, from one suspension to the next, or a
 * callback. A loop uses the same object for all of its steps: an observer reads what it needs
 * during the call that passes the step.
 */
public interface Step {
    /** Returns the task; null for a callback. */
    @Nullable ObservedTask task();

    /** Returns a description for people, such as "task saver (pending)" or "a callback". */
    String label();

    /** Returns the beginning, as a time of {@code System.nanoTime}. */
    long began();

    /** Returns the end, as a time of {@code System.nanoTime}; 0 before the end. */
    long ended();

    /** Returns the nanoseconds that nested runs of the loop have taken inside the step. */
    long nested();
}
