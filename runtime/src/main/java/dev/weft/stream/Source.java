package dev.weft.stream;

import dev.weft.AsyncCloseable;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Task;
import dev.weft.internal.report.FirstFailure;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The machine inside a stream: computes one element for each {@link #ask}. It is a coroutine that
 * runs again and again, once for each ask and once for the close, so that an element costs no
 * object. While it is suspended, its awaiter is who asks.
 */
abstract class Source<T> extends Coroutine<Object> implements AsyncCloseable {
    // The states are numbers, because a change of a reference costs more, and there are two for
    // each element.
    private static final int IDLE = 0;
    private static final int ASKED = 1;
    private static final int CLOSING = 2;

    /** An operator has failed, and its source is closed next. */
    private static final int FAILED = 3;

    /** Read to the end, failed, or closed. */
    private static final int ENDED = 4;

    /** The result of a turn after which this has to be closed because of {@link #failure}. */
    private static final Object CLOSE = new Object();

    /** The element to give next; null if there is none. */
    @Nullable T element;

    private int state = IDLE;

    /** The stages that an element passes before it is given; null for none. */
    private @Nullable Stages stages;

    /** The failure of a stage or operator; null before. */
    private @Nullable Throwable failure;

    /** The task that waits for an element or for the close; null if none is suspended. */
    private @Nullable Task<?> asker;

    /** The loop of the first ask. */
    private @Nullable EventLoop loop;

    Source() {
        Machine.forget(this);
    }

    // ---- for subclasses

    /**
     * Runs until there is an element, which it keeps in {@link #element}, and returns TRUE; or
     * until the end, and returns FALSE. If it has to wait, it returns SUSPENDED and is called again
     * with the outcome. A failure ends the source; what is inside must be closed by then.
     *
     * @param value null in the first call for an element
     */
    abstract @Nullable Object advance(Task<?> task, @Nullable Object value, int depth)
            throws Throwable;

    /**
     * Closes what is inside, and returns null. If it has to wait, it returns SUSPENDED and is
     * called again with the outcome.
     *
     * @param value null in the first call
     */
    @Nullable Object shut(Task<?> task, @Nullable Object value, int depth) throws Throwable {
        return null;
    }

    /** Called once, when the source has ended for any reason. */
    void ended() {}

    /**
     * Decides, in {@link #advance}, to close what is inside and then to fail with {@code
     * exception}. Returns what advance returns.
     */
    final Object closeAndFail(Throwable exception) throws Throwable {
        if (Machine.isFatal(exception)) {
            throw exception;
        }
        failure = exception;
        return CLOSE;
    }

    // ---- stages

    /** Returns a source that gives what {@code stage} makes of the elements of {@code source}. */
    @SuppressWarnings("unchecked") // the stage makes elements of this type
    static <S, T> Source<T> staged(Source<S> source, Stage stage) {
        boolean isIdle = source.state == IDLE && source.element == null;
        Source<S> passing = isIdle ? source : new Passing<>(source);
        if (passing.stages == null) {
            passing.stages = new Stages();
        }
        passing.stages.add(stage);
        return (Source<T>) passing;
    }

    /** Passes elements through the stages until there is one to give. */
    @SuppressWarnings("unchecked") // the last stage makes elements of this type
    private @Nullable Object pass(Stages stages, @Nullable Object advanced, Task<?> task, int depth)
            throws Throwable {
        Object result = advanced;
        while (result == Boolean.TRUE && element != null) {
            Object taken;
            try {
                taken = stages.take(element);
            } catch (Throwable exception) {
                if (Machine.isFatal(exception)) {
                    state = IDLE; // closed by the end of the loop
                    throw exception;
                }
                return closeAndFail(exception);
            }
            element = (T) taken;
            if (taken != null) {
                return true;
            }
            result = advance(task, null, depth);
        }
        return result;
    }

    // ---- for those who ask

    /** Returns whether neither an element nor a close was ever asked for. */
    final boolean isFresh() {
        return loop == null && state == IDLE;
    }

    /** Returns whether there is nothing to close and no further element. */
    final boolean hasEnded() {
        return state == ENDED;
    }

    /**
     * Runs {@code await(hasNext())} in a step of {@code task} on behalf of {@code awaiter}.
     *
     * @param awaiter null if the body has no frame yet
     * @param depth of this call
     */
    final @Nullable Object ask(@Nullable Coroutine<?> awaiter, Task<?> task, int depth) {
        if (state != IDLE) {
            checkFree(task, "hasNext()");
            return false; // it has ended
        }
        if (element != null) {
            return true;
        }
        if (loop != task.loop()) {
            bind(task);
        }
        state = ASKED;
        return run(awaiter, task, depth);
    }

    /** Closes this in a step of {@code task} on behalf of {@code awaiter}. */
    final @Nullable Object close(@Nullable Coroutine<?> awaiter, Task<?> task, int depth) {
        checkFree(task, "closeAsync()");
        if (state == ENDED) {
            return null;
        }
        bind(task);
        return closeNow(awaiter, task, depth);
    }

    private @Nullable Object closeNow(@Nullable Coroutine<?> awaiter, Task<?> task, int depth) {
        element = null;
        state = CLOSING;
        return run(awaiter, task, depth);
    }

    private @Nullable Object run(@Nullable Coroutine<?> awaiter, Task<?> task, int depth) {
        if (depth >= 0) { // the Java stack is too deep: the loop calls step
            Machine.stepNext(this, task);
            return suspended(awaiter, task);
        }
        if (Machine.keepsJavaStack()) {
            asker = task; // may wait on the Java stack below
        }
        Object result;
        try {
            result = turn(task, null, depth);
        } catch (Throwable exception) {
            throw Machine.crossing(exception, task);
        }
        if (result == Machine.SUSPENDED) {
            return suspended(awaiter, task);
        }
        return result == CLOSE ? Machine.await(failing(task), awaiter, task, depth) : result;
    }

    private Object suspended(@Nullable Coroutine<?> awaiter, Task<?> task) {
        asker = task;
        return Machine.suspended(this, awaiter, task);
    }

    @Override
    protected final @Nullable Object step(Task<?> task, @Nullable Object value, int depth)
            throws Throwable {
        Object result = turn(task, value, depth);
        return result == CLOSE ? Machine.tail(failing(task), this, task, depth) : result;
    }

    private @Nullable Object turn(Task<?> task, @Nullable Object value, int depth)
            throws Throwable {
        Object result;
        try {
            if (state == ASKED) {
                result = advance(task, value, depth);
                if (stages != null) {
                    result = pass(stages, result, task, depth);
                }
            } else {
                result = shut(task, value, depth);
            }
        } catch (Throwable exception) {
            if (state != IDLE) {
                end();
            }
            throw exception;
        }
        if (result == Boolean.TRUE) {
            state = IDLE;
            if (asker != null) {
                asker = null;
            }
        } else if (result != Machine.SUSPENDED && result != CLOSE) {
            end();
        }
        return result;
    }

    /** Returns a coroutine that closes this, and then throws {@link #failure}. */
    @SuppressWarnings("NullAway") // there is a failure when advance has returned CLOSE
    private Coroutine<Object> failing(Task<?> task) {
        state = FAILED;
        asker = task;
        element = null;
        Coroutine<Void> close = new Call<>(this, Request.CLOSE_FAILED, null);
        return new Failing(Machine.shielded(close, failure), failure);
    }

    /** Ends this for good. */
    final void end() {
        state = ENDED;
        asker = null;
        element = null;
        ended();
    }

    /** Returns the element that the last ask has found. */
    final T next() {
        T next = element;
        if (next == null || state != IDLE) {
            throw new NoSuchElementException(
                    "next() without an awaited hasNext() that returned true");
        }
        element = null;
        return next;
    }

    // ---- checks

    /** Throws if a task waits for an element or for the close, or if this runs just now. */
    final void checkFree(Task<?> task, String call) {
        if (state == IDLE || state == ENDED) {
            return;
        }
        String pending = state == CLOSING ? "closeAsync()" : "hasNext()";
        throw new IllegalStateException(
                call
                        + " in task "
                        + task.name()
                        + " while "
                        + pending
                        + " in task "
                        + (asker == null ? task : asker).name()
                        + " is pending: one task at a time uses a stream");
    }

    private void bind(Task<?> task) {
        if (loop == null) {
            loop = task.loop();
        } else if (loop != task.loop()) {
            throw new IllegalStateException(
                    "the stream is used by task "
                            + task.name()
                            + " of another loop than before: pass its elements through"
                            + " toPublisher(loop)");
        }
    }

    // ---- as coroutines

    /** Returns a coroutine that asks. */
    final Coroutine<Boolean> asking() {
        return new Call<>(this, Request.ASK, null);
    }

    /** Returns a coroutine that asks, unless {@code stream} is owned by then. */
    final Coroutine<Boolean> askingFor(AsyncStream<?> stream) {
        return new Call<>(this, Request.ASK, stream);
    }

    /** Returns a coroutine that closes this. */
    @Override
    public final Coroutine<Void> closeAsync() {
        return new Call<>(this, Request.CLOSE, null);
    }

    /** Returns a coroutine that closes this, unless {@code stream} is owned by then. */
    final Coroutine<Void> closingFor(AsyncStream<?> stream) {
        return new Call<>(this, Request.CLOSE, stream);
    }

    private enum Request {
        ASK,
        CLOSE,
        /** A close by the task that has asked, and that gets the failure. */
        CLOSE_FAILED
    }

    /** An ask or a close. */
    private static final class Call<R> extends Coroutine<R> {
        private final Source<?> source;
        private final Request request;

        /** The stream on which a program has called; null for a call by the owner. */
        private final @Nullable AsyncStream<?> stream;

        private boolean hasBegun;

        Call(Source<?> source, Request request, @Nullable AsyncStream<?> stream) {
            this.source = source;
            this.request = request;
            this.stream = stream;
        }

        @Override
        protected @Nullable Object step(Task<?> task, @Nullable Object value, int depth) {
            if (hasBegun) {
                return Machine.resumed(value);
            }
            hasBegun = true;
            if (stream != null) {
                stream.own(request == Request.ASK ? "hasNext()" : "closeAsync()");
            }
            int deeper = Machine.deeper(depth);
            return switch (request) {
                case ASK -> source.ask(this, task, deeper);
                case CLOSE -> source.close(this, task, deeper);
                case CLOSE_FAILED -> source.closeNow(this, task, deeper);
            };
        }
    }

    /** Awaits the close after a failure, and throws the failure. */
    private static final class Failing extends Coroutine<Object> {
        private final Coroutine<Void> close;
        private final Throwable failure;
        private boolean hasBegun;

        Failing(Coroutine<Void> close, Throwable failure) {
            this.close = close;
            this.failure = failure;
        }

        @Override
        protected @Nullable Object step(Task<?> task, @Nullable Object value, int depth)
                throws Throwable {
            try {
                if (hasBegun) {
                    Machine.resumed(value);
                } else {
                    hasBegun = true;
                    if (Machine.await(close, this, task, depth) == Machine.SUSPENDED) {
                        return Machine.SUSPENDED;
                    }
                }
            } catch (Throwable exception) {
                if (Machine.isFatal(exception)) {
                    throw exception;
                }
                FirstFailure all = new FirstFailure();
                all.add(failure);
                all.add(exception);
            }
            throw failure;
        }
    }

    /** Gives the elements of a source of which an element was asked for before. */
    private static final class Passing<T> extends Operator<T, T> {
        Passing(Source<T> source) {
            super(source);
        }

        @Override
        Next take(T taken) {
            return give(taken);
        }
    }

    /** Returns the depth of an ask in a step that has this start. */
    static int deeper(int start) {
        return Machine.deeper(start);
    }

    /** Waits for what a body awaits, in a mode for debuggers; otherwise returns {@code result}. */
    static @Nullable Object settled(
            @Nullable Object result, @Nullable Coroutine<?> awaiter, Task<?> task) {
        return Machine.settled(result, awaiter, task);
    }

    static RuntimeException notCompiled() {
        return Machine.notCompiled();
    }

    static @Nullable Coroutine<?> awaiterOf(Coroutine<?> coroutine) {
        return Machine.awaiter(coroutine);
    }
}
