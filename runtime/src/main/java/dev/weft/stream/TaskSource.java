package dev.weft.stream;

import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.internal.report.FirstFailure;
import dev.weft.internal.report.UserCode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A source that owns tasks, its {@link Worker workers}, which run beside the task that asks. When
 * this ends for any reason, it cancels the workers, waits until each has ended, and closes the
 * sources inside. Only then is the end, or the failure, given.
 *
 * <p>A failure of a worker that nobody has asked for is suppressed in the failure that ends this.
 * Without such a failure it is reported. A worker that fails because it was cancelled is part of
 * the end: its failure is thrown, and wins over the cancellation of the task that asks.
 */
abstract class TaskSource<T> extends Source<T> {
    private enum Stage {
        FRESH,
        OPEN,
        /** The task that asks is parked. */
        WAITING,
        ENDING
    }

    /** The sources to close at the end. */
    private final List<Source<?>> sources;

    /** The workers that have not ended, linked in the order of their start. */
    private @Nullable Worker first;

    private @Nullable Worker last;

    /** The failures of workers before the end, in order. */
    private final List<Throwable> failures = new ArrayList<>(0);

    private Stage stage = Stage.FRESH;

    /** The task that is parked here or in {@link Ending}. */
    private @Nullable Task<?> parked;

    /** The failure because of which this ends, if there is one, with those of the end. */
    private FirstFailure failure = new FirstFailure();

    /** The cancellation of the task that asks; null if there was none. */
    private @Nullable Throwable cancellation;

    TaskSource(List<? extends Source<?>> sources) {
        this.sources = new ArrayList<>(sources);
    }

    // ---- for subclasses

    /** Starts the first workers, in the first ask. */
    abstract void begin();

    /**
     * Keeps the next element in {@link #element}, and returns TRUE; returns FALSE at the end, and
     * SUSPENDED if it has to be waited for. What it throws is the failure of this.
     */
    abstract Object poll() throws Throwable;

    /** Starts a task that inherits the task-locals of the one that runs. */
    final void start(Worker worker, String name) {
        Worker previous = last;
        worker.previous = previous;
        last = worker;
        if (previous == null) {
            first = worker;
        } else {
            previous.next = worker;
        }
        worker.task = Task.create(name, worker);
    }

    /** Makes the task that asks, if it waits, call {@link #poll} again. */
    final void wake() {
        Task<?> task = parked;
        if (task != null) {
            parked = null;
            Machine.unpark(task);
        }
    }

    /** Returns the first failure of a worker, or null. */
    final @Nullable Throwable firstFailure() {
        return failures.isEmpty() ? null : failures.get(0);
    }

    // ---- asking

    @Override
    final @Nullable Object advance(Task<?> task, @Nullable Object value, int depth)
            throws Throwable {
        if (stage == Stage.ENDING) {
            return finished(value, task);
        }
        Object found;
        try {
            resume(value);
            found = poll();
        } catch (Throwable exception) {
            if (Machine.isFatal(exception)) {
                throw exception;
            }
            failure.add(exception);
            found = false;
        }
        if (found == Machine.SUSPENDED) {
            stage = Stage.WAITING;
            parked = task;
            return Machine.park(this, task);
        }
        return found == Boolean.TRUE ? found : end(task, depth);
    }

    private void resume(@Nullable Object value) {
        Stage before = stage;
        stage = Stage.OPEN;
        if (before == Stage.FRESH) {
            begin();
        } else if (before == Stage.WAITING) {
            try {
                Machine.resumed(value);
            } catch (Throwable cancelled) {
                cancellation = cancelled;
                throw cancelled;
            }
        }
    }

    @Override
    protected final void interrupted() {
        parked = null;
    }

    // ---- ending

    /** Called by a worker at its end. */
    final void workerEnded(Worker worker) {
        unlink(worker);
        Source<?> open = worker.leftOpen();
        if (open != null) {
            sources.add(open); // perhaps once more, which does no harm
        }
        Throwable exception = worker.failure;
        if (stage != Stage.ENDING) {
            if (exception != null) {
                failures.add(exception);
            }
            worker.ended();
            return;
        }
        if (exception != null && !(exception instanceof CancelledError)) {
            if (failure.get() == cancellation) {
                failure = new FirstFailure();
            }
            addFailure(exception, worker.task);
        }
        if (first == null) {
            wake();
        }
    }

    private void unlink(Worker worker) {
        Worker previous = worker.previous;
        Worker next = worker.next;
        if (previous == null) {
            first = next;
        } else {
            previous.next = next;
        }
        if (next == null) {
            last = previous;
        } else {
            next.previous = previous;
        }
        worker.previous = null;
        worker.next = null;
    }

    private @Nullable Object end(Task<?> task, int depth) {
        if (failure.get() == null && !isOpen()) {
            return false;
        }
        Object result;
        try {
            result = awaitEnding(task, depth);
        } catch (Throwable exception) {
            result = Machine.failure(exception);
        }
        return result == Machine.SUSPENDED ? result : finished(result, task);
    }

    private boolean isOpen() {
        for (Source<?> source : sources) {
            if (!source.hasEnded()) {
                return true;
            }
        }
        return first != null;
    }

    private @Nullable Object awaitEnding(Task<?> task, int depth) {
        stage = Stage.ENDING;
        Coroutine<?> ending = Machine.shielded(new Ending(), failure.get());
        return Machine.await(ending, this, task, depth);
    }

    /** Ends this, after {@link Ending} with its outcome. */
    private Object finished(@Nullable Object outcome, Task<?> task) {
        if (cancellation != null && failure.get() != cancellation) {
            Machine.hold(task, UserCode.messageOf(cancellation));
        }
        Machine.resumed(outcome);
        Throwable thrown = failure.get();
        if (thrown != null) {
            throw Machine.rethrown(thrown, task);
        }
        return false;
    }

    @Override
    final @Nullable Object shut(Task<?> task, @Nullable Object value, int depth) {
        return stage == Stage.ENDING ? Machine.resumed(value) : awaitEnding(task, depth);
    }

    private void addFailure(Throwable exception, @Nullable Task<?> task) {
        if (!failure.add(exception) && task != null) {
            Machine.report("a stream failed again while it ended", exception, task);
        }
    }

    /** Ends the workers, and then closes the sources. */
    private final class Ending extends Coroutine<Void> {
        private enum At {
            BEGIN,
            WORKERS,
            SOURCES
        }

        /** The failure that the caller throws; null if there is none. */
        private final @Nullable Throwable cause = failure.get();

        private At at = At.BEGIN;

        @Override
        protected @Nullable Object step(Task<?> task, @Nullable Object value, int depth)
                throws Throwable {
            if (at == At.BEGIN) {
                cancelAll(task);
            }
            if (first != null) {
                at = At.WORKERS;
                parked = task;
                return Machine.park(this, task);
            }
            if (closeAll(task, value, depth) == Machine.SUSPENDED) {
                return Machine.SUSPENDED;
            }
            Throwable thrown = failure.get();
            if (thrown == null || thrown == cause) {
                return null;
            }
            throw thrown;
        }

        private void cancelAll(Task<?> task) {
            String reason = reason();
            for (Throwable untaken : failures) {
                keep(untaken, task);
            }
            List<Task<?>> tasks = new ArrayList<>();
            for (Worker worker = first; worker != null; worker = worker.next) {
                if (worker.task != null) {
                    tasks.add(worker.task);
                }
            }
            Machine.cancelAll(tasks, reason);
        }

        private @Nullable String reason() {
            if (cause == null) {
                return "the stream is closed";
            }
            return cause == cancellation
                    ? UserCode.messageOf(cause)
                    : "the stream is failing: " + UserCode.textOf(cause);
        }

        /** Keeps the failure of a worker that nobody has asked for. */
        private void keep(Throwable untaken, Task<?> task) {
            if (untaken == cause
                    || untaken instanceof CancelledError
                    || Machine.isFatal(untaken)) { // that comes out of run
                return;
            }
            if (cause == null || cause == cancellation) {
                Machine.report("a stream ended before its failure was asked for", untaken, task);
            } else {
                addFailure(untaken, task);
            }
        }

        private @Nullable Object closeAll(Task<?> task, @Nullable Object value, int depth)
                throws Throwable {
            try {
                if (at == At.SOURCES) {
                    return Machine.resumed(value);
                }
                at = At.SOURCES;
                return Machine.await(new CloseAll(sources.iterator()), this, task, depth);
            } catch (Throwable exception) {
                if (Machine.isFatal(exception)) {
                    throw exception;
                }
                addFailure(exception, task);
                return null;
            }
        }
    }
}
