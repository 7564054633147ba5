package dev.weft.internal.monitor;

import dev.weft.internal.loop.Loop;
import dev.weft.internal.loop.Observation;
import dev.weft.internal.loop.Turn;
import dev.weft.observe.LoopObserver;
import dev.weft.observe.ObservedTask;
import dev.weft.observe.Step;
import dev.weft.observe.Wait;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Observes the steps of a loop for a time. Fields belong to the loop's thread. */
final class Measurement implements LoopObserver {
    private static final long PATIENCE_MILLIS = 1_000;

    /** The tasks that are counted one by one; what others do counts for the loop only. */
    private static final int MOST_TASKS = 100_000;

    private final Loop loop;

    /** The tasks that the result describes; 0 counts the loop's steps only. */
    private final int rows;

    private final CompletableFuture<Result> result = new CompletableFuture<>();
    private final IdentityHashMap<ObservedTask, Busy> tasks = new IdentityHashMap<>();
    private Observation.@Nullable Hearing hearing;
    private boolean isOver;
    private long began;
    private long steps;
    private long busy;
    private long longest;
    private String longestLabel = "";

    /** The steps of a task. */
    private static final class Busy {
        long steps;
        long nanos;
        long longest;
    }

    /**
     * The outcome.
     *
     * @param nanos the time of the measurement
     * @param busy the nanoseconds in which steps ran
     */
    record Result(
            long nanos,
            long steps,
            long busy,
            long longest,
            String longestLabel,
            List<TaskResult> tasks) {}

    /** A task that has run. */
    record TaskResult(
            long id,
            String name,
            String state,
            String awaited,
            long steps,
            long nanos,
            long longest) {}

    private Measurement(Loop loop, int rows) {
        this.loop = loop;
        this.rows = rows;
    }

    /** Begins to observe a loop. Costs the loop nothing if the loop does not run. */
    static Measurement begin(Loop loop, int rows) {
        Measurement begun = new Measurement(loop, rows);
        begun.handIn(begun::begin);
        return begun;
    }

    private void handIn(Runnable action) {
        if (!loop.isOpen() || loop.isOwnThread()) {
            return;
        }
        try {
            loop.handIn(new Change(action));
        } catch (RejectedExecutionException closed) {
            // there is nothing to measure any more
        }
    }

    /** A change of the observers, on the loop's thread. */
    private static final class Change extends Turn {
        private final Runnable action;

        Change(Runnable action) {
            this.action = action;
        }

        @Override
        protected void take() {
            action.run();
        }

        @Override
        public String toString() {
            return "a measurement by a tool";
        }
    }

    /** Ends to observe the loop. Returns null if it does not answer in time. */
    @Nullable Result end() {
        if (!loop.isOpen() || loop.isOwnThread()) {
            return null;
        }
        handIn(this::over);
        try {
            return result.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException unanswered) {
            return null;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    // ---- on the loop's thread

    private void begin() {
        if (!isOver) { // a shuffled loop may take the end first
            began = System.nanoTime();
            hearing = loop.observe(this);
        }
    }

    private void over() {
        isOver = true;
        if (hearing != null) {
            loop.unobserve(hearing);
        }
        long nanos = began == 0 ? 0 : System.nanoTime() - began;
        try {
            result.complete(new Result(nanos, steps, busy, longest, longestLabel, busiest()));
        } catch (RuntimeException failure) {
            result.completeExceptionally(failure);
        }
    }

    @Override
    public void stepEnds(Step step) {
        long nanos = step.ended() - step.began() - step.nested();
        steps++;
        busy += nanos;
        if (nanos > longest) {
            longest = nanos;
            ObservedTask task = step.task();
            longestLabel = task == null ? "a callback" : "task " + task.name();
        }
        if (rows > 0 && step.task() != null) {
            count(step.task(), nanos);
        }
    }

    private void count(ObservedTask task, long nanos) {
        Busy counted = tasks.get(task);
        if (counted == null) {
            if (tasks.size() == MOST_TASKS) {
                return;
            }
            counted = new Busy();
            tasks.put(task, counted);
        }
        counted.steps++;
        counted.nanos += nanos;
        counted.longest = Math.max(counted.longest, nanos);
    }

    private List<TaskResult> busiest() {
        List<TaskResult> described = new ArrayList<>();
        tasks.entrySet().stream()
                .sorted(Comparator.comparingLong(entry -> -entry.getValue().nanos))
                .limit(rows)
                .forEach(entry -> described.add(described(entry.getKey(), entry.getValue())));
        return described;
    }

    private static TaskResult described(ObservedTask task, Busy busy) {
        Wait wait = task.observedState().isEnd() ? null : task.waitsFor();
        return new TaskResult(
                task.id(),
                task.name(),
                task.observedState().name(),
                wait == null ? "" : wait.text(),
                busy.steps,
                busy.nanos,
                busy.longest);
    }
}
