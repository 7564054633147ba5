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
    private volatile List<Hearing> hearings = List.of();

    /** The step that runs; a nested run has further ones inside. */
    private @Nullable Turning step;

    /** A step that can be used again. */
    private @Nullable Turning spare = new Turning();

    /** True while an observer is called: what happens meanwhile is told to nobody. */
    private boolean isTelling;

    /** The time in which an observer hears events: from one call of {@code observe} on. */
    public static final class Hearing {
        private final LoopObserver observer;

        /** True if an event that is being told leaves the observer out. */
        private volatile boolean isOver;

        private Hearing(LoopObserver observer) {
            this.observer = observer;
        }
    }

    /** The step of a turn. */
    private static final class Turning implements Step {
        private @Nullable Turning outer;
        private @Nullable Turn turn;
        private @Nullable ObservedTask task;
        private long began;
        private long ended;
        private long nested;

        /** Those that have heard of the beginning. Others do not hear of the end. */
        private List<Hearing> heard = List.of();

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

    synchronized Hearing add(LoopObserver observer) {
        Hearing hearing = new Hearing(observer);
        List<Hearing> more = new ArrayList<>(hearings);
        more.add(hearing);
        hearings = List.copyOf(more);
        return hearing;
    }

    /** Ends a hearing. Returns whether none is left. */
    synchronized boolean remove(Hearing ended) {
        ended.isOver = true;
        List<Hearing> others = new ArrayList<>();
        for (Hearing hearing : hearings) {
            if (!hearing.isOver) {
                others.add(hearing);
            }
        }
        hearings = List.copyOf(others);
        return others.isEmpty();
    }

    private synchronized void dropAll(LoopObserver observer) {
        for (Hearing hearing : hearings) {
            if (hearing.observer == observer) {
                boolean unused = remove(hearing);
            }
        }
    }

    private void tell(Consumer<LoopObserver> event) {
        tell(hearings, false, event);
    }

    private void tell(List<Hearing> listening, boolean isBackwards, Consumer<LoopObserver> event) {
        if (isTelling) {
            return;
        }
        isTelling = true;
        try {
            int last = listening.size() - 1;
            for (int i = 0; i <= last; i++) {
                call(listening.get(isBackwards ? last - i : i), event);
            }
        } finally {
            isTelling = false; // also if the stack is full
        }
    }

    private void call(Hearing hearing, Consumer<LoopObserver> event) {
        if (hearing.isOver) {
            return;
        }
        try {
            UserCode.accept(event, hearing.observer);
        } catch (Throwable failure) {
            dropAll(hearing.observer);
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
        current.heard = hearings;
        current.began = System.nanoTime();
        tell(observer -> observer.stepBegins(current));
        return current;
    }

    private void end(Turning current) {
        current.ended = System.nanoTime();
        ObservedTask task = current.task;
        if (task != null && task.observedState().isEnd()) {
            Throwable failure = current.turn == null ? null : current.turn.failure();
            tell(hearings, true, observer -> observer.taskEnded(task, failure));
        }
        tell(current.heard, true, observer -> observer.stepEnds(current));
        step = current.outer;
        current.outer = null;
        current.turn = null;
        current.task = null;
        current.heard = List.of();
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
        for (Hearing hearing : hearings) {
            call(hearing, overdue -> overdue.stepOverdue(label, thread, nanos));
        }
    }

    void loopClosed() {
        tell(LoopObserver::loopClosed);
    }
}
