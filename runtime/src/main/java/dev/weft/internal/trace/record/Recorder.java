package dev.weft.internal.trace.record;

import dev.weft.internal.report.UserCode;
import dev.weft.observe.LoopObserver;
import dev.weft.observe.ObservedTask;
import dev.weft.observe.Step;
import dev.weft.observe.TaskState;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Records the events of one loop. Loop's thread. */
public final class Recorder implements LoopObserver {
    /** Spans of at least this length are kept apart, so that many short ones do not drop them. */
    private static final long LONG_NANOS = 1_000_000;

    /** The share of the memory that short spans cannot use. */
    private static final int SHARE_OF_LONG = 16;

    private static final int DEEPEST = 64;
    private static final int LONGEST_TEXT = 300;

    private final String name;
    private final Records shorts;
    private final Records longs;
    private final Waits waits = new Waits();
    private final Consumer<Recorder> closed;

    /** The beginnings and tasks of the steps that run: nested runs have some inside others. */
    private final long[] running = new long[2 * DEEPEST];

    private int depth;
    private @Nullable String failure;

    /**
     * Creates a recorder.
     *
     * @param budgets for short and for long spans
     * @param closed called when the loop is closed
     */
    public Recorder(String name, Budgets budgets, Consumer<Recorder> closed) {
        this.name = name;
        this.shorts = new Records(budgets.shorts);
        this.longs = new Records(budgets.longs);
        this.closed = closed;
    }

    /** Returns the name of the loop's thread. */
    public String name() {
        return name;
    }

    /** Returns the spans shorter than a millisecond, and the creations of tasks. */
    public Records shorts() {
        return shorts;
    }

    /** Returns the longer spans, and the failures. */
    public Records longs() {
        return longs;
    }

    /** The memory of a trace for short and for long spans. */
    public static final class Budgets {
        private final Budget shorts;
        private final Budget longs;

        /** Creates budgets for {@code spans} records together. */
        public Budgets(int spans) {
            shorts = new Budget(spans - spans / SHARE_OF_LONG);
            longs = new Budget(spans / SHARE_OF_LONG);
        }
    }

    @Override
    public void taskCreated(ObservedTask task, @Nullable ObservedTask creator) {
        long now = System.nanoTime();
        Chunk chunk = shorts.room();
        long key = Chunk.key(task.id(), Kind.CREATED, TaskState.NEW);
        int slot = chunk.add(now, now, key, creator == null ? 0 : creator.id());
        chunk.name(slot, nameOf(task));
        chunk.place(slot, task.place());
    }

    @Override
    public void stepBegins(Step step) {
        int at = 2 * depth++;
        if (at < running.length) {
            ObservedTask task = step.task();
            running[at] = step.began();
            running[at + 1] = task == null ? 0 : task.id();
        }
    }

    @Override
    public void taskEnded(ObservedTask task, @Nullable Throwable failure) {
        if (failure != null && task.observedState() == TaskState.FAILED) {
            this.failure = cut(UserCode.textOf(failure));
        }
    }

    @Override
    public void stepEnds(Step step) {
        depth = Math.max(0, depth - 1);
        long began = step.began();
        long ended = step.ended();
        Chunk chunk = (ended - began < LONG_NANOS ? shorts : longs).room();
        ObservedTask task = step.task();
        if (task == null) {
            long key = Chunk.key(0, Kind.CALLBACK, TaskState.NEW);
            chunk.text(chunk.add(began, ended, key, 0), step.label());
            return;
        }
        TaskState state = task.observedState();
        ObservedTask awaited = state == TaskState.WAITING ? task.awaitedTask() : null;
        long key = Chunk.key(task.id(), Kind.STEP, state);
        int slot = chunk.add(began, ended, key, awaited == null ? 0 : awaited.id());
        String given = nameOf(task);
        chunk.name(slot, given);
        if (state.isEnd()) {
            end(chunk, slot, given);
            return;
        }
        StackTraceElement place = task.place();
        chunk.place(slot, place);
        if (state == TaskState.WAITING && awaited == null) {
            chunk.text(slot, waits.describe(task, place, ended, chunk));
        }
    }

    private void end(Chunk chunk, int slot, @Nullable String given) {
        chunk.retain(bytes(given) + bytes(failure));
        chunk.text(slot, failure);
        failure = null;
    }

    @Override
    public void idle(long from, long to) {
        Chunk chunk = (to - from < LONG_NANOS ? shorts : longs).room();
        int unused = chunk.add(from, to, Chunk.key(0, Kind.IDLE, TaskState.NEW), 0);
    }

    @Override
    public void unhandled(String message, Throwable exception, @Nullable ObservedTask task) {
        long now = System.nanoTime();
        Chunk chunk = longs.room();
        long id = task == null ? 0 : task.id();
        int slot = chunk.add(now, now, Chunk.key(id, Kind.UNHANDLED, TaskState.NEW), 0);
        String text = cut(message + ": " + UserCode.textOf(exception));
        chunk.retain(bytes(text));
        chunk.text(slot, text);
    }

    @Override
    public void loopClosed() {
        closed.accept(this);
    }

    /** Adds the steps that run, as if they had ended. Any thread, after the last event. */
    public void addRunning() {
        long now = System.nanoTime();
        for (int at = 2 * Math.min(depth, DEEPEST) - 2; at >= 0; at -= 2) {
            long task = running[at + 1];
            Kind kind = task == 0 ? Kind.CALLBACK : Kind.STEP;
            Chunk chunk = longs.room();
            int slot = chunk.add(running[at], now, Chunk.key(task, kind, TaskState.RUNNING), 0);
            chunk.text(slot, task == 0 ? "a callback" : null);
        }
    }

    /** Gives the memory back to other loops. */
    public void release() {
        shorts.release();
        longs.release();
    }

    private static @Nullable String nameOf(ObservedTask task) {
        String given = task.givenName();
        return given == null || given.length() <= LONGEST_TEXT ? given : cut(given);
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "...";
    }

    private static long bytes(@Nullable String text) {
        return text == null ? 0 : 48 + 2L * text.length();
    }
}
