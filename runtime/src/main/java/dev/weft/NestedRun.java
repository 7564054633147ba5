package dev.weft;

import dev.weft.internal.loop.Loop;

/**
 * A run on the Java stack of the current step; see {@link Weft#runNested}. Ends with its task. At
 * the end of the loop, also ends when the time for that is over.
 */
final class NestedRun implements Loop.Condition {
    /** The largest number of nested runs. Each needs several frames of the Java stack. */
    private static final int LIMIT = 100;

    /** The passes for what is ready when the time is over. */
    private static final int LAST_PASSES = 100;

    private final Task<?> task;
    private int passesLate;

    private NestedRun(Task<?> task) {
        this.task = task;
    }

    /** Runs {@code main} as a task of the current loop, and returns its value. */
    static <T> T run(Coroutine<T> main) {
        if (main == null) {
            throw new NullPointerException("main");
        }
        TaskLoop loop = TaskLoop.ofThread();
        if (loop.isPolling()) {
            throw new IllegalStateException(
                    "runNested was called by the poller of the event loop, for example in a handler of Netty:"
                            + " no task can run there; start a task with Task.create(...) instead");
        }
        if (loop.nestedRuns >= LIMIT) {
            throw new IllegalStateException(
                    "runNested: "
                            + LIMIT
                            + " runs are nested already, and each needs Java stack; use await(...) instead");
        }
        Task<T> task = loop.createTask(null, main);
        Task<?> outer = loop.nestedMain;
        loop.nestedMain = task;
        loop.nestedRuns++;
        try {
            if (!loop.pump(new NestedRun(task))) {
                throw Traces.deadlock(loop);
            }
            if (!task.done()) {
                throw new IllegalStateException(
                        "runNested: the event loop ends, and the main task has not ended within 10 s");
            }
        } finally {
            loop.nestedRuns--;
            loop.nestedMain = outer;
        }
        return task.result();
    }

    @Override
    public boolean holds() {
        return task.done()
                || (task.loop.isEnding() && patience() == 0 && ++passesLate > LAST_PASSES);
    }

    @Override
    public long patience() {
        return task.loop.patience();
    }
}
