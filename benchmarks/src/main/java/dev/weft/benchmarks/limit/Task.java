package dev.weft.benchmarks.limit;

/**
 * A chain of frames. The task is its own node in the ready queue, in a list of waiters and in the
 * timer heap.
 */
final class Task {
    static final Object SUSPENDED = new Object();

    final Loop loop;

    /** The next task in the only list that contains this task. */
    Task next;

    /** The frame that is resumed next. */
    Frame inner;

    /** The outermost frame that was created since the task was last resumed. */
    private Frame outer;

    /** The value for the frame that is resumed; the result after the end. */
    Object value;

    /** A result that is an int and need not be boxed. */
    int number;

    /**
     * Marks a call that has just suspended. The caller must {@link #enclose} its frame and return.
     */
    boolean suspending;

    boolean done;
    private Task joiner;

    /** The time of the wake-up, and the index in the timer heap. */
    long wakeAt;

    int heapIndex = -1;

    Task(Loop loop, Frame first) {
        this.loop = loop;
        this.inner = first;
    }

    /**
     * Resumes the innermost frame at any depth, and passes results outwards until a frame suspends.
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

    /** Suspends at a frame that will be resumed. */
    Object suspend(Frame frame) {
        inner = frame;
        return SUSPENDED;
    }

    /** Suspends a call without a frame. {@code leaf} is the innermost frame of a new chain. */
    Object begin(Frame leaf) {
        inner = leaf;
        outer = leaf;
        return SUSPENDED;
    }

    /** Adds the caller of the frame that has just suspended. */
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
