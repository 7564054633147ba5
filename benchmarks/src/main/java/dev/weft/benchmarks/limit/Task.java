package dev.weft.benchmarks.limit;

/**
 * A chain of frames; its own node in the ready queue, in a line of waiters and in the timer heap.
 */
final class Task {
    static final Object SUSPENDED = new Object();

    final Loop loop;

    /** The next one in the only line that this task stands in. */
    Task next;

    /** The frame that is resumed next. */
    Frame inner;

    /** The outermost frame that was made since the task was last resumed. */
    private Frame outer;

    /** What the inner frame gets when it is resumed; the result after the end. */
    Object value;

    /** A result that is an int and need not be boxed. */
    int number;

    /** A call has just suspended: its caller is to {@link #enclose} itself and return. */
    boolean suspending;

    boolean done;
    private Task joiner;

    /** When to wake, and the place in the timer heap. */
    long wakeAt;

    int heapIndex = -1;

    Task(Loop loop, Frame first) {
        this.loop = loop;
        this.inner = first;
    }

    /**
     * Resumes the innermost frame, whatever the depth, and hands results outwards until one
     * suspends.
     */
    void run() {
        Object passed = value;
        value = null;
        Frame frame = inner;
        do {
            passed = frame.step(this, passed);
            if (passed == SUSPENDED) {
                return;
            }
            frame = frame.caller;
        } while (frame != null);
        finish(passed);
    }

    private void finish(Object result) {
        inner = null;
        outer = null;
        value = result;
        done = true;
        if (joiner != null) {
            loop.ready(joiner);
            joiner = null;
        }
    }

    /** The frame itself will be resumed. */
    Object suspend(Frame frame) {
        inner = frame;
        return SUSPENDED;
    }

    /** A call that had no frame suspends: this is the innermost frame of a new chain. */
    Object begin(Frame leaf) {
        inner = leaf;
        outer = leaf;
        return SUSPENDED;
    }

    /** The caller of what has just suspended. */
    Object enclose(Frame frame) {
        outer.caller = frame;
        outer = frame;
        return SUSPENDED;
    }

    /** Wakes {@code waiter} at the end of this task, which has not ended. */
    void join(Task waiter) {
        joiner = waiter;
    }
}
