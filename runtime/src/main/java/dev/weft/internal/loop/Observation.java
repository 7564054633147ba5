package dev.weft.internal.loop;

import dev.weft.internal.report.Log;
import dev.weft.internal.report.UserCode;
import dev.weft.observe.LoopObserver;
import dev.weft.observe.ObservedTask;
import dev.weft.observe.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells observers what a loop does. A loop without observers has none of this. Loop's thread, but
 * for {@link #stepOverdue}.
 */
public final class Observation {
    /** Replaced by each change, so that an observer may add or remove one. */
    private volatile List<LoopObserver> observers;

    /** The step that runs; a nested run has further ones inside. */
    private @Nullable Turning step;

    /** A step that can be used again. */
    private @Nullable Turning spare = new Turning();

    /** True while an observer is called: what happens meanwhile is told to nobody. */
    private boolean isTelling;

    Observation(LoopObserver first) {
        observers = List.of(first);
    }

    /** The step of a turn. */
    private static final class Turning implements Step {
        private @Nullable Turning outer;
        private @Nullable Turn turn;
        private @Nullable ObservedTask task;
        private long began;
        private long ended;
        private long nested;

        @Override
        public @Nullable ObservedTask task() {
            return task;
        }

        @Override
        public String label() {
            return String.valueOf(turn);
        }

        @Override
        public long began() {
            return began;
        }

        @Override
        public long ended() {
            return ended;
        }

        @Override
        public long nested() {
            return nested;
        }
    }

    // ---- observers

    void add(LoopObserver observer) {
        List<LoopObserver> more = new ArrayList<>(observers);
        more.add(observer);
        observers = List.copyOf(more);
    }

    /** Removes an observer. Returns whether none is left. */
    boolean remove(LoopObserver observer) {
        List<LoopObserver> others = new ArrayList<>(observers);
        others.removeIf(other -> other == observer);
        observers = List.copyOf(others);
        return others.isEmpty();
    }

    private void tell(Consumer<LoopObserver> event) {
        if (isTelling) {
            return;
        }
        isTelling = true;
        for (LoopObserver observer : observers) {
            call(observer, event);
        }
        isTelling = false;
    }

    private void tellBackwards(Consumer<LoopObserver> event) {
        if (isTelling) {
            return;
        }
        isTelling = true;
        List<LoopObserver> all = observers;
        for (int i = all.size() - 1; i >= 0; i--) {
            call(all.get(i), event);
        }
        isTelling = false;
    }

    private void call(LoopObserver observer, Consumer<LoopObserver> event) {
        try {
            UserCode.accept(event, observer);
        } catch (Throwable failure) {
            boolean unused = remove(observer);
            Log.warning("an observer of the event loop failed and is not called any more", failure);
        }
    }

    // ---- events

    /** Runs a turn, and tells about that if it is a step of a task or a callback. */
    void take(Turn turn) {
        if (!turn.isStep()) {
            turn.take();
            return;
        }
        Turning current = begin(turn);
        try {
            turn.take();
        } finally {
            end(current);
        }
    }

    private Turning begin(Turn turn) {
        Turning current = spare == null ? new Turning() : spare;
        spare = null;
        current.outer = step;
        step = current;
        current.turn = turn;
        current.task = turn.observed();
        current.ended = 0;
        current.nested = 0;
        current.began = System.nanoTime();
        tell(observer -> observer.stepBegins(current));
        return current;
    }

    private void end(Turning current) {
        current.ended = System.nanoTime();
        ObservedTask task = current.task;
        if (task != null && task.observedState().isEnd()) {
            Throwable failure = current.turn == null ? null : current.turn.failure();
            tellBackwards(observer -> observer.taskEnded(task, failure));
        }
        tellBackwards(observer -> observer.stepEnds(current));
        step = current.outer;
        current.outer = null;
        current.turn = null;
        current.task = null;
        spare = current;
    }

    /** Tells that a nested run, which began at {@code began}, has ended. */
    void pumped(long began) {
        if (step != null) {
            step.nested += System.nanoTime() - began;
        }
    }

    /** Tells that a task was created in the turn {@code running}. */
    public void taskCreated(ObservedTask task, @Nullable Turn running) {
        ObservedTask creator = running == null ? null : running.observed();
        tell(observer -> observer.taskCreated(task, creator));
    }

    /** Tells that what the running code creates takes over its task-local values. */
    void inheriting() {
        tell(LoopObserver::inheriting);
    }

    void sampled(int ready, int timers) {
        tell(observer -> observer.sampled(ready, timers));
    }

    void timerFired(long late) {
        tell(observer -> observer.timerFired(late));
    }

    void handedIn() {
        tell(LoopObserver::handedIn);
    }

    void idle(long from) {
        long to = System.nanoTime();
        tell(observer -> observer.idle(from, to));
    }

    /** Tells about a failure that no code can see otherwise. */
    public void unhandled(String message, Throwable exception, @Nullable ObservedTask task) {
        tell(observer -> observer.unhandled(message, exception, task));
    }

    /** Tells about a step that blocks the loop. Called by the watch. */
    void stepOverdue(String label, Thread thread, long nanos) {
        for (LoopObserver observer : observers) {
            call(observer, overdue -> overdue.stepOverdue(label, thread, nanos));
        }
    }

    void loopClosed() {
        tell(LoopObserver::loopClosed);
    }
}
