package dev.weft.stream;

import dev.weft.AsyncCloseable;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Task;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The machine inside a stream: computes one element for each {@link #ask}. It is a coroutine that
 * runs again and again, once for each ask and once for the close, so that an element costs no
 * object. While it is suspended, its awaiter is who asks.
 */
abstract class Source<T> extends Coroutine<Object> implements AsyncCloseable {
    private enum State {
        IDLE,
        ASKED,
        CLOSING,
        /** Read to the end, failed, or closed. */
        ENDED
    }

    /** The element to give next; null if there is none. */
    @Nullable T element;

    private State state = State.IDLE;

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

    // ---- for those who ask

    /** Returns whether neither an element nor a close was ever asked for. */
    final boolean isFresh() {
        return loop == null && state == State.IDLE;
    }

    /** Returns whether there is nothing to close and no further element. */
    final boolean hasEnded() {
        return state == State.ENDED;
    }

    /**
     * Runs {@code await(hasNext())} in a step of {@code task} on behalf of {@code awaiter}.
     *
     * @param awaiter null if the body has no frame yet
     * @param depth of this call
     */
    final @Nullable Object ask(@Nullable Coroutine<?> awaiter, Task<?> task, int depth) {
        if (state != State.IDLE) {
            checkFree(task, "hasNext()");
            return false; // it has ended
        }
        if (element != null) {
            return true;
        }
        if (loop != task.loop()) {
            bind(task);
        }
        state = State.ASKED;
        return run(awaiter, task, depth);
    }

    /** Closes this in a step of {@code task} on behalf of {@code awaiter}. */
    final @Nullable Object close(@Nullable Coroutine<?> awaiter, Task<?> task, int depth) {
        checkFree(task, "closeAsync()");
        if (state == State.ENDED) {
            return null;
        }
        bind(task);
        element = null;
        state = State.CLOSING;
        return run(awaiter, task, depth);
    }

    private @Nullable Object run(@Nullable Coroutine<?> awaiter, Task<?> task, int depth) {
        if (depth >= 0) { // the Java stack is too deep: the loop calls step
            Machine.stepNext(this, task);
            return suspended(awaiter, task);
        }
        Object result;
        try {
            result = step(task, null, depth);
        } catch (Throwable exception) {
            throw Machine.crossing(exception, task);
        }
        return result == Machine.SUSPENDED ? suspended(awaiter, task) : result;
    }

    private Object suspended(@Nullable Coroutine<?> awaiter, Task<?> task) {
        asker = task;
        return Machine.suspended(this, awaiter, task);
    }

    @Override
    protected final @Nullable Object step(Task<?> task, @Nullable Object value, int depth)
            throws Throwable {
        boolean isAsked = state == State.ASKED;
        Object result;
        try {
            result = isAsked ? advance(task, value, depth) : shut(task, value, depth);
        } catch (Throwable exception) {
            end();
            throw exception;
        }
        if (result == Boolean.TRUE) {
            state = State.IDLE;
            if (asker != null) {
                asker = null;
            }
        } else if (result != Machine.SUSPENDED) {
            end();
        }
        return result;
    }

    /** Ends this for good. */
    final void end() {
        state = State.ENDED;
        asker = null;
        element = null;
        ended();
    }

    /** Returns the element that the last ask has found. */
    final T next() {
        T next = element;
        if (next == null || state != State.IDLE) {
            throw new NoSuchElementException(
                    "next() without an awaited hasNext() that returned true");
        }
        element = null;
        return next;
    }

    // ---- checks

    /** Throws if a task waits for an element or for the close, or if this runs just now. */
    final void checkFree(Task<?> task, String call) {
        if (state != State.ASKED && state != State.CLOSING) {
            return;
        }
        String pending = state == State.ASKED ? "hasNext()" : "closeAsync()";
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
        return new Call<>(this, true, null);
    }

    /** Returns a coroutine that asks, unless {@code stream} is owned by then. */
    final Coroutine<Boolean> askingFor(AsyncStream<?> stream) {
        return new Call<>(this, true, stream);
    }

    /** Returns a coroutine that closes this. */
    @Override
    public final Coroutine<Void> closeAsync() {
        return new Call<>(this, false, null);
    }

    /** Returns a coroutine that closes this, unless {@code stream} is owned by then. */
    final Coroutine<Void> closingFor(AsyncStream<?> stream) {
        return new Call<>(this, false, stream);
    }

    /** An ask or a close. */
    private static final class Call<R> extends Coroutine<R> {
        private final Source<?> source;
        private final boolean isAsk;

        /** The stream on which a program has called; null for a call by the owner. */
        private final @Nullable AsyncStream<?> stream;

        private boolean hasBegun;

        Call(Source<?> source, boolean isAsk, @Nullable AsyncStream<?> stream) {
            this.source = source;
            this.isAsk = isAsk;
            this.stream = stream;
        }

        @Override
        protected @Nullable Object step(Task<?> task, @Nullable Object value, int depth) {
            if (hasBegun) {
                return Machine.resumed(value);
            }
            hasBegun = true;
            if (stream != null) {
                stream.own(isAsk ? "hasNext()" : "closeAsync()");
            }
            int deeper = Machine.deeper(depth);
            return isAsk ? source.ask(this, task, deeper) : source.close(this, task, deeper);
        }
    }

    /** Returns the depth of an ask in a step that has this start. */
    static int deeper(int start) {
        return Machine.deeper(start);
    }

    static RuntimeException notCompiled() {
        return Machine.notCompiled();
    }

    static @Nullable Coroutine<?> awaiterOf(Coroutine<?> coroutine) {
        return Machine.awaiter(coroutine);
    }
}
