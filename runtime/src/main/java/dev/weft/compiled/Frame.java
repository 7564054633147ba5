package dev.weft.compiled;

import dev.weft.Coroutine;
import dev.weft.Task;
import org.jspecify.annotations.Nullable;

/**
 * A call of a compiled async body: its arguments, and while it is suspended the values that it
 * needs to continue.
 *
 * <p>The compiler generates one final subclass for each body, with typed fields for what is live
 * across an await, and
 *
 * <pre>{@code
 * protected Object step(Task task, Object value) { return Prices.total(this, task, value); }
 * }</pre>
 *
 * where {@code Prices.total} is the body, which switches on {@link #state}.
 *
 * @param <T> the result of the body
 */
public abstract class Frame<T> extends Coroutine<T> {
    /** The result of a body that has suspended. */
    public static final Object SUSPENDED = Machine.SUSPENDED;

    /** The source positions of a frame class. Loaded with the first trace. */
    private static final class Positions {
        private static final ClassValue<Positions> OF_CLASS =
                new ClassValue<>() {
                    @Override
                    protected Positions computeValue(Class<?> frameClass) {
                        return new Positions();
                    }
                };

        /** By state. Null until a trace needs them. */
        private StackTraceElement @Nullable [] byState;
    }

    /** 0: not started; k: suspended at the k-th await of the body. */
    public int state;

    /** Creates the frame of a body that has not started. */
    protected Frame() {}

    /**
     * Returns the source positions of the body's awaits, for traces: class, method, file (may be
     * empty) and the comma-separated lines of the awaits 1, 2, ... (0 if unknown), each on a line
     * of its own.
     */
    protected abstract String table();

    @Override
    protected final StackTraceElement position() {
        Positions positions = Positions.OF_CLASS.get(getClass());
        StackTraceElement[] byState = positions.byState;
        if (byState == null) {
            byState = parsed(table());
            positions.byState = byState;
        }
        return byState[state < byState.length ? state : 0];
    }

    private static StackTraceElement[] parsed(String table) {
        String[] parts = table.split("\n", 4);
        String file = parts[2].isEmpty() ? null : parts[2];
        String[] lines = parts[3].split(",", -1);
        StackTraceElement[] byState = new StackTraceElement[lines.length + 1];
        byState[0] = new StackTraceElement(parts[0], parts[1], file, -1);
        for (int i = 0; i < lines.length; i++) {
            int line = lines[i].isEmpty() ? 0 : Integer.parseInt(lines[i]);
            byState[i + 1] =
                    line == 0 ? byState[0] : new StackTraceElement(parts[0], parts[1], file, line);
        }
        return byState;
    }

    /**
     * Runs {@code await(awaitable)} in the body of {@code frame}. Returns the value or {@link
     * #SUSPENDED}, or throws.
     */
    public static @Nullable Object await(@Nullable Object awaitable, Frame<?> frame, Task<?> task) {
        return Machine.await(awaitable, frame, task);
    }

    /** Runs an await whose value is unboxed at once, by {@link #intOf}. */
    public static @Nullable Object awaitUnboxed(
            @Nullable Object awaitable, Frame<?> frame, Task<?> task) {
        return Machine.awaitUnboxed(awaitable, frame, task);
    }

    /** Returns the number of an awaited {@code Integer}. */
    public static int intOf(@Nullable Object result) {
        return Machine.intOf(result);
    }

    /** Returns the result of {@code return Coroutine.of(value);} for an {@code int}. */
    public static Object ofInt(int value, Task<?> task) {
        return Machine.ofInt(value, task);
    }

    /** Returns the value of an await after a suspension, or throws its failure. */
    public static @Nullable Object resumed(@Nullable Object value) {
        return Machine.resumed(value);
    }

    /** Runs {@code return coroutine;} in the body of {@code frame}, which ends. */
    public static @Nullable Object tail(@Nullable Object coroutine, Frame<?> frame, Task<?> task) {
        return Machine.tail(coroutine, frame, task);
    }
}
