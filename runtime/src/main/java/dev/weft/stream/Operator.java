package dev.weft.stream;

import dev.weft.Awaitable;
import dev.weft.Coroutine;
import dev.weft.Task;
import org.jspecify.annotations.Nullable;

/**
 * A source made from another one, which it owns: computes its elements from those, in the task that
 * asks. When this ends before that one does, it closes that one: before the last element is given,
 * and before a failure is thrown.
 *
 * <p>A subclass decides what happens with each element. What it throws is a failure of this.
 *
 * @param <S> the elements of the source
 */
abstract class Operator<S, T> extends Source<T> {
    /** A decision. */
    enum Next {
        /** {@link #element} is the next element of this. */
        GIVE,
        /** The same, and it is the last one. */
        GIVE_LAST,
        /** The source is asked for another element. */
        ASK,
        /**
         * {@link #awaited} is awaited, or asked for an element if it is a source; then {@link
         * #took} decides about the result.
         */
        AWAIT,
        /** There are no more elements. */
        END,
        /** The task has suspended. Not for subclasses. */
        SUSPENDED
    }

    /** The wait that the value of a step ends. */
    private enum Phase {
        FRESH,
        ASKED,
        AWAITED,
        /** An element was given, and {@link #awaited} is awaited next. */
        GIVEN,
        CLOSING
    }

    final Source<S> source;

    /** The operand of {@link Next#AWAIT}. */
    @Nullable Awaitable<?> awaited;

    private Phase phase = Phase.FRESH;
    private boolean hasSourceEnded;
    private boolean hasGivenLast;

    Operator(Source<S> source) {
        this.source = source;
    }

    /** Decides about an element of the source. */
    abstract Next take(S element) throws Throwable;

    /** Decides to give {@code value}. */
    final Next give(T value) {
        element = value;
        return Next.GIVE;
    }

    /** Decides to give the result of a function, and fails if it is null. */
    final Next give(@Nullable T result, String operator) {
        return give(Stage.element(result, operator));
    }

    /** Decides to await what a function has returned, and fails if that is null. */
    final Next await(@Nullable Coroutine<?> returned, String operator) {
        if (returned == null) {
            throw new NullPointerException(
                    operator + ": the function returned null instead of a Coroutine");
        }
        awaited = returned;
        return Next.AWAIT;
    }

    /** Decides to give {@code value}, and to await {@link #awaited} for the next element. */
    final Next giveAndAwait(T value) {
        phase = Phase.GIVEN;
        return give(value);
    }

    /** Decides, before the first element, that there are none. */
    final void giveNone() {
        hasGivenLast = true;
    }

    /** Decides about the result of what was awaited. */
    Next took(@Nullable Object result) throws Throwable {
        throw new IllegalStateException("nothing is awaited");
    }

    /** Decides at the end of the source, and again after each element that is given then. */
    Next sourceEnded() throws Throwable {
        return Next.END;
    }

    @Override
    final @Nullable Object advance(Task<?> task, @Nullable Object value, int depth)
            throws Throwable {
        if (phase == Phase.CLOSING) {
            return closed(value);
        }
        Next next;
        try {
            next = phase == Phase.FRESH ? ask(task, depth) : resume(value);
            while (next == Next.ASK || next == Next.AWAIT) {
                next = next == Next.ASK ? ask(task, depth) : await(task, depth);
            }
        } catch (Throwable exception) {
            if (!isOpen()) {
                throw exception;
            }
            return closeAndFail(exception);
        }
        if (next == Next.GIVE) {
            return true;
        }
        if (next == Next.SUSPENDED) {
            return Machine.SUSPENDED;
        }
        hasGivenLast = next == Next.GIVE_LAST;
        return closeSource(task, depth);
    }

    /** Continues after a suspension, or where {@link #giveAndAwait} has said. */
    private Next resume(@Nullable Object value) throws Throwable {
        Phase phase = this.phase;
        this.phase = Phase.FRESH;
        return switch (phase) {
            case ASKED -> asked(Machine.resumed(value));
            case AWAITED -> took(Machine.resumed(value));
            default -> Next.AWAIT;
        };
    }

    private Next ask(Task<?> task, int depth) throws Throwable {
        if (hasGivenLast) {
            return Next.END;
        }
        if (hasSourceEnded) {
            return sourceEnded();
        }
        Object more = source.ask(this, task, Machine.deeper(depth));
        if (more == Machine.SUSPENDED) {
            phase = Phase.ASKED;
            return Next.SUSPENDED;
        }
        return asked(more);
    }

    private Next asked(@Nullable Object more) throws Throwable {
        if (more == Boolean.TRUE) {
            return take(source.next());
        }
        hasSourceEnded = true;
        return sourceEnded();
    }

    private Next await(Task<?> task, int depth) throws Throwable {
        Awaitable<?> awaited = this.awaited;
        this.awaited = null;
        Object result =
                awaited instanceof Source<?> asked
                        ? asked.ask(this, task, Machine.deeper(depth))
                        : Machine.await(awaited, this, task, depth);
        if (result == Machine.SUSPENDED) {
            phase = Phase.AWAITED;
            return Next.SUSPENDED;
        }
        return took(result);
    }

    // ---- closing the source

    /** Returns whether something inside has to be closed. */
    boolean isOpen() {
        return !source.hasEnded();
    }

    /** Returns a coroutine that closes all that is inside. */
    Coroutine<Void> closing() {
        return source.closeAsync();
    }

    private @Nullable Object closeSource(Task<?> task, int depth) throws Throwable {
        if (!isOpen()) {
            return hasGivenLast;
        }
        phase = Phase.CLOSING;
        Object result = Machine.await(Machine.shielded(closing(), null), this, task, depth);
        return result == Machine.SUSPENDED ? result : closed(null);
    }

    private Object closed(@Nullable Object value) {
        phase = Phase.FRESH;
        Machine.resumed(value);
        return hasGivenLast;
    }

    @Override
    @Nullable Object shut(Task<?> task, @Nullable Object value, int depth) throws Throwable {
        if (phase != Phase.CLOSING) {
            phase = Phase.CLOSING;
            return Machine.await(closing(), this, task, depth);
        }
        return Machine.resumed(value);
    }
}
