package dev.weft.context;

import dev.weft.TaskLocal;
import dev.weft.observe.LoopObserver;
import dev.weft.observe.ObservedTask;
import dev.weft.observe.Step;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Gives each step the values of its task or callback, and keeps the values that the step leaves.
 * They are a task-local value, so the loop passes them on to what the step creates. Loop's thread.
 */
final class ContextObserver implements LoopObserver {
    private static final TaskLocal<Snapshot> VALUES = TaskLocal.create("thread-locals");

    /** The values of the thread around each running step, innermost first. */
    private final Deque<Snapshot> outer = new ArrayDeque<>();

    @Override
    public void inheriting() {
        keep(Snapshot.capture());
    }

    @Override
    public void stepBegins(Step step) {
        Snapshot thread = Snapshot.capture();
        outer.push(thread);
        kept().attach(thread);
    }

    @Override
    public void stepEnds(Step step) {
        Snapshot thread = outer.poll();
        if (thread == null) {
            return; // the step has begun before this was installed
        }
        Snapshot now = Snapshot.capture();
        ObservedTask task = step.task();
        if (task != null && !task.observedState().isEnd()) {
            keep(now);
        }
        thread.restore(now);
    }

    private static Snapshot kept() {
        Snapshot values = VALUES.get();
        return values == null ? Snapshot.EMPTY : values;
    }

    private static void keep(Snapshot values) {
        if (!values.equals(kept())) {
            VALUES.set(values);
        }
    }
}
