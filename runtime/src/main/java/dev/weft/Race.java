package dev.weft;

import dev.weft.internal.loop.Turn;
import dev.weft.internal.report.FirstFailure;
import dev.weft.internal.report.UserCode;
import dev.weft.observe.Wait;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The coroutine of {@link Weft#race}: a task for each body. The first value counts; the other tasks
 * are cancelled, and the race ends when all of them have ended.
 */
final class Race<T> extends Coroutine<T> {
    /** Empty after the start, so that captured values can be collected. */
    private List<AsyncCallable<T>> bodies;

    private final List<Entrant> entrants = new ArrayList<>();

    /** The number of tasks whose end this has not seen. */
    private int running;

    /** The task that runs this. Null before the start. */
    private @Nullable Task<?> caller;

    private @Nullable Deferred<?> winner;

    /** The failures of tasks to throw if there is no value. Not seen until the end. */
    private final List<Thrown> failures = new ArrayList<>();

    /** The first cancellation of a task that this did not ask for. */
    private @Nullable Throwable entrantCancelled;

    /** The first cancellation of the race itself. */
    private @Nullable Throwable cancellation;

    private Race(List<AsyncCallable<T>> bodies) {
        this.bodies = bodies;
    }

    static <T> Coroutine<T> of(AsyncCallable<T>[] bodies) {
        if (bodies == null) {
            throw new NullPointerException("bodies");
        }
        List<AsyncCallable<T>> copy = new ArrayList<>(bodies.length);
        for (AsyncCallable<T> body : bodies) {
            if (body == null) {
                throw new NullPointerException("body");
            }
            copy.add(body);
        }
        if (copy.isEmpty()) {
            throw new IllegalArgumentException(
                    "race of nothing: it would have no value; pass at least one body");
        }
        return new Race<>(copy);
    }

    @Override
    protected @Nullable Object step(Task<?> task, @Nullable Object value, int depth) {
        if (caller == null) {
            caller = task;
            start(task.loop);
        } else if (value instanceof Thrown thrown) {
            cancelled(thrown.exception);
        }
        return running > 0 ? Machine.park(this, task) : outcome();
    }

    private void start(TaskLoop loop) {
        for (AsyncCallable<T> body : bodies) {
            Task<T> task = loop.createTask(null, Coroutine.from(body));
            Entrant entrant = new Entrant(task);
            entrants.add(entrant);
            task.addWaiter(entrant);
        }
        running = entrants.size();
        bodies = List.of();
    }

    /** The turn after the end of one task. */
    private final class Entrant extends Turn {
        private final Task<T> task;

        /**
         * True if the task had ended when the others were cancelled: its outcome does not count.
         */
        private boolean isTooLate;

        Entrant(Task<T> task) {
            this.task = task;
        }

        @Override
        protected void take() {
            running--;
            if (task.outcome() instanceof Thrown thrown) {
                if (!isTooLate) {
                    lost(thrown);
                }
            } else if (!isOver()) {
                winner = task;
                endOthers("race: another body was first");
            }
            if (running == 0 && caller != null) {
                caller.unpark();
            }
        }
    }

    @Override
    protected Wait waitsFor() {
        return Wait.of("race of " + entrants.size() + ", " + running + " running");
    }

    private void lost(Thrown thrown) {
        if (thrown.isCancellation()) {
            entrantCancelled = entrantCancelled == null ? thrown.exception : entrantCancelled;
        } else if (winner == null) {
            failures.add(thrown);
        } // else it comes from a clean-up, and is reported because nobody looks at it
    }

    /** Returns whether the tasks have been cancelled. */
    private boolean isOver() {
        return winner != null || cancellation != null;
    }

    private void cancelled(Throwable error) {
        boolean isFirst = !isOver();
        if (cancellation == null) {
            cancellation = error;
        }
        if (isFirst) {
            endOthers(UserCode.messageOf(error));
        }
    }

    /** Cancels the tasks that run, and drops the failures so far. */
    private void endOthers(@Nullable String reason) {
        for (Thrown failure : failures) {
            failure.seen();
        }
        failures.clear();
        CancelSweep sweep = CancelSweep.internal(reason);
        try {
            for (Entrant entrant : entrants) {
                if (!sweep.ask(entrant.task)) {
                    entrant.isTooLate = true;
                    entrant.task.delivered(); // counts as seen
                }
            }
        } finally {
            sweep.finish();
        }
    }

    private @Nullable Object outcome() {
        Throwable failure = failure();
        if (failure != null) {
            throw Thrown.sneak(failure);
        }
        Throwable cancelled =
                winner == null && cancellation == null ? entrantCancelled : cancellation;
        if (cancelled != null) {
            throw Thrown.sneak(cancelled);
        }
        return winner == null ? null : winner.delivered();
    }

    /** Returns the first failure, in which the others are suppressed. */
    private @Nullable Throwable failure() {
        FirstFailure first = new FirstFailure();
        for (Thrown failure : failures) {
            if (first.add(failure.exception)) { // otherwise it stays unseen, and is reported
                failure.seen();
            }
        }
        return first.get();
    }
}
