package dev.weft;

import org.jspecify.annotations.Nullable;

/** A run inside a run: the loop is pumped on the Java stack of a step. */
final class Nested {
    private Nested() {}

    static <T> T run(Coroutine<T> main) {
        if (main == null) {
            throw new NullPointerException("main");
        }
        EventLoop loop = EventLoop.current();
        Task<T> task = loop.createTask(null, main);
        Task<?> outer = loop.nestedMain;
        loop.nestedMain = task;
        try {
            if (!loop.pump(new Ended(task))) {
                throw Traces.stuck(loop);
            }
        } finally {
            loop.nestedMain = outer;
        }
        return task.result();
    }

    /** Holds when a task has ended. */
    record Ended(@Nullable Task<?> task) implements LoopCore.Condition {
        @Override
        public boolean holds() {
            return task == null || task.done();
        }
    }
}
