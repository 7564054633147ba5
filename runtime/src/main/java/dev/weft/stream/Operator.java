package dev.weft.stream;

import dev.weft.Awaitable;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.internal.report.FirstFailure;
import dev.weft.stream.Fused.Stages;
import org.jspecify.annotations.Nullable;

/**
 * A source made from another one, which it owns: computes its elements from those, in the task that
 * asks. When this ends before that one does, it closes that one: before the last element is given,
 * and before a failure is thrown.
 *
 * <p>A subclass decides what happens with each element. What it throws is a failure of this. If the
 * source consists of stages, this runs the stages itself, on the elements of their source.
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

    /** The failure because of which the source is closed; null if there is none. */
    private @Nullable Throwable failure;

    /** The stages that the elements of the source pass before they are taken; null for none. */
    @Nullable Stages stages;

    @SuppressWarnings("unchecked") // the stages make elements of the type S
    Operator(Source<S> source) {
        if (source instanceof Fused<?, ?> fused && fused.isFresh()) {
            this.source = (Source<S>) fused.source;
            stages = fused.stages;
        } else {
            this.source = source;
        }
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
            if (Machine.isFatal(exception)) {
                throw exception;
            }
            failure = exception;
            next = Next.END;
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

    @SuppressWarnings("unchecked") // the last stage makes elements of this type
    private Next asked(@Nullable Object more) throws Throwable {
        if (more == Boolean.TRUE) {
            Object next = source.next();
            if (stages != null) {
                next = stages.take(next);
            }
            return next == null ? Next.ASK : take((S) next);
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
            return closed(null);
        }
        phase = Phase.CLOSING;
        Object result;
        try {
            result = Machine.await(Machine.shielded(closing(), failure), this, task, depth);
        } catch (Throwable exception) {
            throw withFailure(exception);
        }
        return result == Machine.SUSPENDED ? result : closed(null);
    }

    private Object closed(@Nullable Object value) throws Throwable {
        phase = Phase.FRESH;
        try {
            Machine.resumed(value);
        } catch (Throwable exception) {
            throw withFailure(exception);
        }
        if (failure != null) {
            throw failure;
        }
        return hasGivenLast;
    }

    /** Returns the failure to throw after the source could not be closed. */
    private Throwable withFailure(Throwable exception) {
        if (failure == null || Machine.isFatal(exception)) {
            return exception;
        }
        FirstFailure all = new FirstFailure();
        all.add(failure);
        all.add(exception);
        return failure;
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
