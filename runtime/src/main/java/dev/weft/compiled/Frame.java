package dev.weft.compiled;

import dev.weft.Coroutine;
import dev.weft.Task;
import org.jspecify.annotations.Nullable;

/**
 * A compiled async body that was called: what it was called with, and while it is suspended what it
 * needs to go on.
 *
 * <p>The compiler generates one final subclass per body, with typed fields for what lives across an
 * await and
 *
 * <pre>{@code
 * protected Object step(Task task, Object value) { return Prices.total(this, task, value); }
 * }</pre>
 *
 * where {@code Prices.total} is the body, which switches on {@link #state}.
 */
public abstract class Frame<T> extends Coroutine<T> {
    /** What a body returns instead of its result when it has suspended. */
    public static final Object SUSPENDED = Coroutine.SUSPENDED;

    /** 0: not started; k: suspended at the k-th await of the body. */
    public int state;

    protected Frame() {}

    /**
     * Where the body's awaits stand in the source, for traces: class, method, file (may be empty)
     * and the comma-separated lines of await 1, 2, ... (0 where unknown), one below the other.
     */
    protected abstract String table();

    @Override
    protected final StackTraceElement position() {
        String[] parts = table().split("\n", 4);
        String[] lines = parts[3].split(",", -1);
        int line = state > 0 && state <= lines.length ? Integer.parseInt(lines[state - 1]) : 0;
        return new StackTraceElement(
                parts[0], parts[1], parts[2].isEmpty() ? null : parts[2], line > 0 ? line : -1);
    }

    /**
     * {@code await(awaitable)} in the body of {@code frame}: its value, {@link #SUSPENDED}, or what
     * it throws.
     */
    public static @Nullable Object await(@Nullable Object awaitable, Frame<?> frame, Task<?> task) {
        return Coroutine.awaitIn(awaitable, frame, task);
    }

    /** As {@link #await} where the value is unboxed at once, by {@link #intOf}. */
    public static @Nullable Object awaitUnboxed(
            @Nullable Object awaitable, Frame<?> frame, Task<?> task) {
        return Coroutine.awaitUnboxed(awaitable, frame, task);
    }

    /** The unboxed value of an {@code Integer} that was awaited. */
    public static int intOf(@Nullable Object result) {
        return Coroutine.intOf(result);
    }

    /** {@code return Coroutine.of(value);} of an {@code int}. */
    public static Object ofInt(int value, Task<?> task) {
        return Coroutine.ofInt(value, task);
    }

    /** What an await has come to after a suspension: its value, or what it throws. */
    public static @Nullable Object resumed(@Nullable Object value) {
        return Coroutine.resumedWith(value);
    }

    /** {@code return coroutine;} in the body of {@code frame}: hands the awaiter over to it. */
    public static @Nullable Object tail(@Nullable Object coroutine, Frame<?> frame, Task<?> task) {
        return Coroutine.handOver(coroutine, frame, task);
    }
}
