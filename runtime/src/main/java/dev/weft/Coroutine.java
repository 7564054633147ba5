package dev.weft;

import org.jspecify.annotations.Nullable;

/**
 * A call of an async method that has not run yet: lazy and single use. It runs inside the task that
 * awaits it, or beside it as a task of its own through {@link Task#create}. Dropping it without
 * running it is a mistake that debug mode reports; {@link #close} says that it is meant. An async
 * method may be called anywhere; its body runs on the thread of the loop that runs the task.
 *
 * <pre>{@code
 * Coroutine<String> greeting = greet("Ada"); // nothing of it has run yet
 * log.add("made");
 * String text = await(greeting); // now it runs, as part of this task
 * }</pre>
 *
 * <p>How it runs: {@link #step} runs the body until it suspends or ends. An await runs the awaited
 * coroutine inline, a plain call on the Java stack; each remembers its awaiter. When the innermost
 * one suspends, the task keeps it and all return. The task later resumes it directly, and when it
 * ends its awaiter, in a loop. So neither a resume nor an end depends on the depth of the chain.
 *
 * <p>Only the runtime and what it compiles extend this class.
 *
 * @param <T> what awaiting it gives
 */
public abstract class Coroutine<T> implements Awaitable<T> {
    /** What {@link #step} returns when the task has suspended. */
    protected static final Object SUSPENDED = new Object();

    /**
     * Nested inline awaits beyond this many are run by the task's own loop instead, so that depth
     * never overflows the stack.
     */
    private static final int DEPTH_LIMIT = 200;

    /** Null: not used yet. Else who gets the result, or a {@link Mark}. */
    @Nullable Coroutine<?> awaiter;

    protected Coroutine() {
        if (Origin.recorded) {
            awaiter = Origin.here(this);
        }
    }

    /**
     * @param leaf that it awaits nothing in its first step, so that it needs no place in the count
     *     of nested awaits
     */
    protected Coroutine(boolean leaf) {
        this();
        if (leaf && awaiter == null) {
            awaiter = Mark.LEAF;
        }
    }

    /** A coroutine that gives {@code value}. May be awaited again and again. */
    public static <T> Coroutine<T> of(@Nullable T value) {
        return Ready.value(value);
    }

    /** A coroutine that has nothing to give. May be awaited again and again. */
    @SuppressWarnings("unchecked")
    public static Coroutine<Void> done() {
        return (Coroutine<Void>) Ready.DONE;
    }

    /**
     * A coroutine that throws {@code exception}, this very object. May be awaited again and again.
     */
    public static <T> Coroutine<T> failed(Throwable exception) {
        if (exception == null) {
            throw new NullPointerException("exception");
        }
        return Ready.failure(exception);
    }

    /**
     * A coroutine that calls {@code body} when it is run, not before, and is then what the body
     * gives.
     */
    public static <T> Coroutine<T> from(AsyncCallable<T> body) {
        if (body == null) {
            throw new NullPointerException("body");
        }
        return Called.of(body);
    }

    /**
     * Drops it without running it: it cannot be awaited any more, and nothing of it runs. Harmless
     * when it was closed or has ended before.
     */
    public void close() {
        if (isUnused()) {
            claim(Mark.CLOSED);
        }
    }

    /**
     * Runs from where it stands to the next suspension or to the end.
     *
     * @param value on a resume what the await has come to, to be read by {@link #resumedWith}
     * @return its result or {@link #SUSPENDED}
     */
    protected abstract @Nullable Object step(Task<?> task, @Nullable Object value) throws Throwable;

    /**
     * Where a suspended body stands in the source; null for the runtime's own coroutines, which no
     * trace shows.
     */
    protected @Nullable StackTraceElement position() {
        return null;
    }

    /**
     * Runs in the step of {@code task} what {@code frame} awaits: gives its value or {@link
     * #SUSPENDED}, or throws.
     */
    protected static @Nullable Object awaitIn(
            @Nullable Object awaitable, Coroutine<?> frame, Task<?> task) {
        Object result = awaitUnboxed(awaitable, frame, task);
        return result instanceof Unboxed unboxed ? (Object) unboxed.number : result;
    }

    /**
     * As {@link #awaitIn}, but an {@code Integer} may come as {@link Unboxed}, for {@link #intOf}.
     */
    protected static @Nullable Object awaitUnboxed(
            @Nullable Object awaitable, Coroutine<?> frame, Task<?> task) {
        if (awaitable instanceof Coroutine<?> coroutine) {
            return coroutine.begin(frame, task);
        }
        return Deferred.of(awaitable).awaitIn(frame, task);
    }

    /** Returns {@code value} from a body, without a box if whoever awaits it needs none. */
    protected static Object ofInt(int value, Task<?> task) {
        Unboxed unboxed = task.loop.unboxed;
        unboxed.number = value;
        return unboxed;
    }

    /** The number that {@link #awaitUnboxed} gave. */
    @SuppressWarnings("NullAway") // null throws, as the unboxing of the source would
    protected static int intOf(@Nullable Object result) {
        return result instanceof Unboxed unboxed ? unboxed.number : (Integer) result;
    }

    /** The value of an await that had suspended; throws what it has thrown. */
    protected static @Nullable Object resumedWith(@Nullable Object value) {
        if (value instanceof Thrown thrown) {
            throw Thrown.sneak(thrown.exception);
        }
        return value;
    }

    /**
     * Lets {@code coroutine} take the place of {@code frame}, which ends: {@code return coroutine;}
     */
    protected static @Nullable Object handOver(
            @Nullable Object coroutine, Coroutine<?> frame, Task<?> task) {
        if (coroutine == null) {
            throw new NullPointerException(frame.name() + " returned null instead of a Coroutine");
        }
        Coroutine<?> awaiter = frame.awaiter;
        return ((Coroutine<?>) coroutine).begin(awaiter == null ? Mark.ROOT : awaiter, task);
    }

    /**
     * Suspends {@code task} in this until {@link #unpark} or a cancellation; {@link #step} then
     * goes on with null or with the cancellation. It costs no memory.
     */
    protected final Object park(Task<?> task) {
        return task.park(this);
    }

    /**
     * Queues the step of {@code task}, unless the cancellation of its parking has done so before.
     */
    protected static void unpark(Task<?> task) {
        task.unpark();
    }

    /** A task that is parked, in this or below it, is cancelled right now; its step is queued. */
    protected void interrupted() {}

    /** Uses it up on behalf of {@code awaiter}. */
    final void claim(Coroutine<?> awaiter) {
        checkUnused();
        if (this.awaiter instanceof Origin origin) {
            origin.used();
        }
        if (this.awaiter != Mark.REUSABLE) {
            this.awaiter = awaiter;
        }
    }

    /** Refuses to go on if it was used or closed. */
    final void checkUnused() {
        if (!isUnused() && awaiter != Mark.REUSABLE) {
            throw new IllegalStateException(
                    awaiter == Mark.CLOSED
                            ? name() + " was closed and cannot be run any more"
                            : name()
                                    + " was awaited twice: a coroutine runs once; make a task of it to await it again");
        }
    }

    private boolean isUnused() {
        return awaiter == null || awaiter == Mark.LEAF || awaiter instanceof Origin;
    }

    /** Runs it inline, inside the step of {@code task}. */
    final @Nullable Object begin(Coroutine<?> awaiter, Task<?> task) {
        if (this.awaiter != null) {
            return beginMarked(awaiter, task);
        }
        this.awaiter = awaiter;
        return nested(task);
    }

    /** It has a mark in the place of its awaiter, or was used before. */
    private @Nullable Object beginMarked(Coroutine<?> awaiter, Task<?> task) {
        if (this.awaiter == Mark.LEAF) {
            this.awaiter = awaiter;
            return begun(task);
        }
        if (this instanceof Ready<?> ready) {
            return ready.result(awaiter, task);
        }
        claim(awaiter);
        return nested(task);
    }

    /**
     * Its {@link #step}, the only call of it: so HotSpot sees here all classes of coroutines that
     * run, and does not compile one or two of them into the code that all awaits share, which would
     * get too large to become part of each. Where the class is known from the source, it still
     * calls that.
     */
    final @Nullable Object run(Task<?> task, @Nullable Object value) throws Throwable {
        return step(task, value);
    }

    private @Nullable Object begun(Task<?> task) {
        try {
            return run(task, null);
        } catch (Throwable exception) {
            throw Traces.crossing(exception, task);
        }
    }

    private @Nullable Object nested(Task<?> task) {
        EventLoop loop = task.loop;
        int depth = loop.depth;
        if (depth >= DEPTH_LIMIT) {
            task.frame = this;
            return SUSPENDED;
        }
        loop.depth = depth + 1;
        try {
            Object result = run(task, null);
            loop.depth = depth;
            return result;
        } catch (Throwable exception) {
            loop.depth = depth;
            throw Traces.crossing(exception, task);
        }
    }

    /** What messages call it. */
    String name() {
        StackTraceElement position = position();
        return position == null
                ? "this coroutine"
                : position.getClassName() + "." + position.getMethodName() + "()";
    }
}
