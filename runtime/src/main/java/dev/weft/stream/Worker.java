package dev.weft.stream;

import dev.weft.Coroutine;
import dev.weft.Task;
import org.jspecify.annotations.Nullable;

/** The coroutine of a task that belongs to a {@link TaskSource}. */
abstract class Worker extends Coroutine<Void> {
    private final TaskSource<?> owner;

    /** The links of the list of workers, which the owner writes. */
    @Nullable Worker previous;

    @Nullable Worker next;

    /** The task that runs this; null before the start. */
    @Nullable Task<?> task;

    boolean hasEnded;

    /** The failure with which this has ended; null if there is none. */
    @Nullable Throwable failure;

    Worker(TaskSource<?> owner) {
        this.owner = owner;
        Machine.forget(this); // it may never be started
    }

    /** Does the work. Called, and returns, as {@link #step}; but the result has no meaning. */
    abstract @Nullable Object work(Task<?> task, @Nullable Object value, int depth)
            throws Throwable;

    /** Called when this has ended, unless the owner ends. */
    abstract void ended();

    /** Returns a source that this has read and that has to be closed; null if there is none. */
    @Nullable Source<?> leftOpen() {
        return null;
    }

    @Override
    protected final @Nullable Object step(Task<?> task, @Nullable Object value, int depth)
            throws Throwable {
        try {
            if (work(task, value, depth) == Machine.SUSPENDED) {
                return Machine.SUSPENDED;
            }
        } catch (Throwable exception) {
            failure = exception;
        }
        end();
        if (failure != null && Machine.isFatal(failure)) {
            throw failure;
        }
        return null;
    }

    @Override
    protected final void discarded(Throwable cancellation) {
        failure = cancellation;
        end();
    }

    private void end() {
        hasEnded = true;
        owner.workerEnded(this);
    }

    /** Reads a source, as long as the owner has room for elements. */
    abstract static class Reader<S> extends Worker {
        /**
         * The largest number of elements that are read without a suspension. After these, other
         * tasks run.
         */
        private static final int MOST = 64;

        private final Source<S> source;

        /** True while an ask is pending. */
        private boolean isAsking;

        /** The task, while it waits for room. */
        private @Nullable Task<?> parked;

        Reader(TaskSource<?> owner, Source<S> source) {
            super(owner);
            this.source = source;
        }

        /** Returns whether the owner has room for an element. */
        abstract boolean hasRoom();

        /** Gives an element to the owner. A failure ends the reader. */
        abstract void accept(S element) throws Throwable;

        /** Called when there may be room. */
        final void wake() {
            Task<?> waiting = parked;
            if (waiting != null) {
                parked = null;
                Machine.unpark(waiting);
            }
        }

        @Override
        protected final void interrupted() {
            parked = null;
        }

        @Override
        final @Nullable Source<?> leftOpen() {
            return source.hasEnded() ? null : source;
        }

        @Override
        final @Nullable Object work(Task<?> task, @Nullable Object value, int depth)
                throws Throwable {
            Object more = Machine.resumed(value);
            if (isAsking) {
                isAsking = false;
                if (more != Boolean.TRUE) {
                    return null;
                }
                accept(source.next());
            }
            for (int read = 0; read < MOST; read++) {
                if (!hasRoom()) {
                    parked = task;
                    return Machine.park(this, task);
                }
                more = source.ask(this, task, Machine.deeper(depth));
                if (more == Machine.SUSPENDED) {
                    isAsking = true;
                    return more;
                }
                if (more != Boolean.TRUE) {
                    return null;
                }
                accept(source.next());
            }
            return Machine.giveTurn(this, task);
        }
    }

    /** Reads a source at most one element ahead. */
    abstract static class OneAhead<S> extends Reader<S> {
        private @Nullable S held;

        OneAhead(TaskSource<?> owner, Source<S> source) {
            super(owner, source);
        }

        /** Called when an element has come. */
        abstract void arrived();

        final boolean isHolding() {
            return held != null;
        }

        /** Takes the element, and lets the source be asked for another one. */
        final S take() {
            S taken = held;
            if (taken == null) {
                throw new IllegalStateException("no element is held");
            }
            held = null;
            wake();
            return taken;
        }

        @Override
        boolean hasRoom() {
            return held == null;
        }

        @Override
        final void accept(S element) {
            held = element;
            arrived();
        }
    }
}
