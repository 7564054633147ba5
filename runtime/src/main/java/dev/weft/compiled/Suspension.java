package dev.weft.compiled;

import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.internal.report.CoverageShape;
import org.jspecify.annotations.Nullable;

/**
 * The methods that bodies call which are compiled for coverage tools. Those tools ignore the code
 * that javac writes for try-with-resources and for a switch on a string, so such a body looks like
 * both. A suspension is the resource.
 */
public final class Suspension {
    private static final Suspension SUSPENDED = new Suspension();

    /** The strings for the first states, which most bodies do not exceed. */
    private static final String[] KEYS = new String[64];

    static {
        CoverageShape.run();
        for (int i = 0; i < KEYS.length; i++) {
            KEYS[i] = String.valueOf((char) i);
        }
    }

    /** An awaited value that becomes a coroutine again. */
    private record Arrived(@Nullable Object value) {}

    private Suspension() {}

    /** Returns null unless the result of an await is that of a body that has suspended. */
    public static @Nullable Suspension of(@Nullable Object result) {
        return result == Frame.SUSPENDED ? SUSPENDED : null;
    }

    /** Does nothing. */
    public void close() {}

    /** Returns a string whose hash is the number of the state, or 0 in the first step. */
    public static String key(int start) {
        int state = Math.max(start, 0);
        return state < KEYS.length ? KEYS[state] : String.valueOf((char) state);
    }

    /**
     * Awaits a coroutine that the body returns. Returns a coroutine of the value, {@link
     * Frame#SUSPENDED}, or null for null.
     */
    public static @Nullable Object await(
            @Nullable Object returned, Frame<?> frame, Task<?> task, int start) {
        if (returned == null) {
            return null;
        }
        Object result = Frame.await(returned, frame, task, start);
        return result == Frame.SUSPENDED ? result : Coroutine.of(result);
    }

    /** Returns what a resumed body passes to {@link #returned}. */
    public static Object arrived(@Nullable Object value) {
        return new Arrived(value);
    }

    /** Returns the coroutine that the body returns after {@link #await}, or throws its failure. */
    public static @Nullable Coroutine<?> returned(@Nullable Object result) {
        return result instanceof Arrived arrived
                ? Coroutine.of(Frame.resumed(arrived.value))
                : (Coroutine<?>) result;
    }
}
