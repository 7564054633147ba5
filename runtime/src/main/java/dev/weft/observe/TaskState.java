package dev.weft.observe;

/** The states of a task, as tools show them. */
public enum TaskState {
    /** The first step is queued. */
    NEW,
    /** The next step is queued. */
    READY,
    /** A step runs. */
    RUNNING,
    /** The task waits for a result, a primitive or an operation. */
    WAITING,
    /** The task waits for a time. */
    SLEEPING,
    /** The task has ended with a value. */
    SUCCEEDED,
    /** The task has ended with an exception. */
    FAILED,
    /** The task has ended with a cancellation. */
    CANCELLED;

    /** Returns whether the task has ended. */
    public boolean isEnd() {
        return compareTo(SUCCEEDED) >= 0;
    }
}
