package dev.weft.compiled;

import dev.weft.Closing;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.internal.loop.Unboxed;
import dev.weft.internal.report.StackTraces;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A call of a compiled async body: its arguments, and while it is suspended the values that it
 * needs to continue.
 *
 * <p>The compiler generates one final subclass for each body, with typed fields for what is live
 * across an await, and
 *
 * <pre>{@code
 * protected Object step(Task task, Object value, int depth) {
 *     return Prices.total(this, start(depth), task, value);
 * }
 * }</pre>
 *
 * where {@code Prices.total} is the body. If the source has local variables, unused parameters take
 * their slots.
 *
 * <p>Bodies of the same class may call each other without a coroutine, with their arguments as
 * arguments and null for the frame. Such a body makes its frame when it has to suspend, and the
 * frames are linked from the innermost outwards while the Java stack unwinds.
 *
 * @param <T> the result of the body
 */
public abstract class Frame<T> extends Coroutine<T> {
    /** The result of a body that has suspended. */
    public static final Object SUSPENDED = Machine.SUSPENDED;

    /** The parsed table of a frame class. Loaded with the first trace. */
    private static final class Positions {
        private static final ClassValue<Positions> OF_CLASS =
                new ClassValue<>() {
                    @Override
                    protected Positions computeValue(Class<?> frameClass) {
                        return new Positions();
                    }
                };

        /** Null until a trace needs it. */
        private @Nullable AwaitTable table;
    }

    /**
     * The source positions of a body, by state.
     *
     * @param calls the calls whose results are awaited; empty where there is none
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record AwaitTable(StackTraceElement[] positions, String[] calls) {
        static AwaitTable parse(String table) {
            String[] parts = table.split("\n", 4);
            String file = parts[2].isEmpty() ? null : parts[2];
            String[] awaits = parts[3].split(",", -1);
            StackTraceElement[] positions = new StackTraceElement[awaits.length + 1];
            String[] calls = new String[awaits.length + 1];
            positions[0] = new StackTraceElement(parts[0], parts[1], file, -1);
            for (int i = 0; i < awaits.length; i++) {
                int colon = awaits[i].indexOf(':');
                String digits = colon < 0 ? awaits[i] : awaits[i].substring(0, colon);
                int line = digits.isEmpty() ? 0 : Integer.parseInt(digits);
                calls[i + 1] = colon < 0 ? "" : awaits[i].substring(colon + 1);
                positions[i + 1] =
                        line == 0
                                ? positions[0]
                                : new StackTraceElement(parts[0], parts[1], file, line);
            }
            return new AwaitTable(positions, calls);
        }

        boolean isOf(StackWalker.StackFrame frame) {
            return frame.getClassName().equals(positions[0].getClassName())
                    && StackTraces.isBodyOf(frame.getMethodName(), positions[0].getMethodName());
        }

        /** Returns the calls whose results are awaited in a line, which is 0 if unknown. */
        Set<String> callsAt(int line) {
            Set<String> found = new TreeSet<>();
            for (int i = 1; i < positions.length; i++) {
                if (Math.max(0, positions[i].getLineNumber()) == line && !calls[i].isEmpty()) {
                    found.add(calls[i] + "()");
                }
            }
            return found;
        }
    }

    /** 0 before the first step, and k while suspended at the k-th await of the body. */
    public int state;

    /** Creates the frame of a body that has not started. */
    protected Frame() {}

    /** Creates the frame of a body that was called without one and now suspends. */
    protected Frame(Task<?> task) {
        super(task);
    }

    /** Returns where a step begins: the number of the state, or the depth of the first step. */
    public final int start(int depth) {
        return state == 0 ? depth : state;
    }

    /** Returns the depth of a body that is called by a step with that start. */
    public static int deeper(int start) {
        return Machine.deeper(start);
    }

    /**
     * Returns the source positions of the body's awaits, for traces: class, method, file (may be
     * empty) and the comma-separated lines of the awaits 1, 2, ... (0 if unknown), each on a line
     * of its own. A colon and the call that is awaited may follow the line of an await: {@code
     * 42:Prices.load}.
     */
    protected abstract String table();

    @Override
    protected final StackTraceElement position() {
        StackTraceElement[] positions = awaitTable().positions;
        return positions[state < positions.length ? state : 0];
    }

    private AwaitTable awaitTable() {
        Positions positions = Positions.OF_CLASS.get(getClass());
        AwaitTable table = positions.table;
        if (table == null) {
            table = AwaitTable.parse(table());
            positions.table = table;
        }
        return table;
    }

    @Override
    protected final String nullAwaited() {
        AwaitTable table = awaitTable();
        int line =
                StackWalker.getInstance()
                        .walk(frames -> frames.filter(table::isOf).findFirst())
                        .map(frame -> Math.max(0, frame.getLineNumber()))
                        .orElse(0);
        Set<String> calls = table.callsAt(line);
        return calls.isEmpty()
                ? super.nullAwaited()
                : super.nullAwaited()
                        + ": "
                        + String.join(" or ", calls)
                        + " returned null. An async method returns a Coroutine; a mock returns null"
                        + " for a call that is not stubbed";
    }

    /**
     * Runs {@code await(awaitable)} in the body of {@code frame}. Returns the value or {@link
     * #SUSPENDED}, or throws.
     *
     * @param frame null if the body has none yet; it must make one if this suspends
     * @param start of the step
     */
    public static @Nullable Object await(
            @Nullable Object awaitable, @Nullable Frame<?> frame, Task<?> task, int start) {
        return Machine.await(awaitable, frame, task, start);
    }

    /** Runs an await whose value is unboxed at once, by {@link #intOf} and others. */
    public static @Nullable Object awaitUnboxed(
            @Nullable Object awaitable, @Nullable Frame<?> frame, Task<?> task, int start) {
        return Machine.awaitUnboxed(awaitable, frame, task, start);
    }

    /** Returns the result of a body, which may be a number without a box, as an object. */
    public static @Nullable Object boxed(@Nullable Object result) {
        return Unboxed.boxed(result);
    }

    /** Returns the number of an awaited {@code Integer}. */
    public static int intOf(@Nullable Object result) {
        return Unboxed.intOf(result);
    }

    /** Returns the number of an awaited {@code Long}. */
    public static long longOf(@Nullable Object result) {
        return Unboxed.longOf(result);
    }

    /** Returns the number of an awaited {@code Double}. */
    public static double doubleOf(@Nullable Object result) {
        return Unboxed.doubleOf(result);
    }

    /** Returns the result of {@code return Coroutine.of(value);} for an {@code int}. */
    public static Object ofInt(int value, Task<?> task) {
        return Machine.ofInt(value, task);
    }

    /** Returns the result of {@code return Coroutine.of(value);} for a {@code long}. */
    public static Object ofLong(long value, Task<?> task) {
        return Machine.ofLong(value, task);
    }

    /** Returns the result of {@code return Coroutine.of(value);} for a {@code double}. */
    public static Object ofDouble(double value, Task<?> task) {
        return Machine.ofDouble(value, task);
    }

    /** Returns the value of an await after a suspension, or throws its failure. */
    public static @Nullable Object resumed(@Nullable Object value) {
        return Machine.resumed(value);
    }

    /**
     * Runs {@code return coroutine;} in the body of {@code frame}, which ends.
     *
     * @param frame null if the body has none
     * @param start of the step
     */
    public static @Nullable Object tail(
            @Nullable Object coroutine, @Nullable Frame<?> frame, Task<?> task, int start) {
        return Machine.tail(coroutine, frame, task, start);
    }

    /**
     * Ends {@code frame}, whose body has called another one in place of {@code return other();}.
     *
     * @param result of that call
     * @param frame null if the body has none
     */
    public static @Nullable Object tailed(
            @Nullable Object result, @Nullable Frame<?> frame, Task<?> task) {
        return Machine.tailed(result, frame, task);
    }

    /** Makes {@code frame}, unless it is null, the awaiter of a called body that has suspended. */
    public static void link(@Nullable Frame<?> frame, Task<?> task) {
        Machine.link(frame, task);
    }

    /** Leaves a body that was called beyond the largest depth to the task's loop. */
    public static @Nullable Object tooDeep(Frame<?> frame, Task<?> task) {
        return Machine.tooDeep(frame, task);
    }

    /** Returns what a body awaits in place of {@code closing.close()}. */
    public static Coroutine<Void> closed(Closing<?> closing) {
        return Machine.closed(closing, null);
    }

    /**
     * Returns what a body awaits in place of {@code closing.close()} before it throws a failure.
     */
    public static Coroutine<Void> closedAfter(Closing<?> closing, Throwable failure) {
        return Machine.closed(closing, failure);
    }

    /** Completes the trace of an exception that leaves a body, and returns the exception. */
    public static Throwable leaving(Throwable exception, Task<?> task) {
        return Machine.leaving(exception, task);
    }
}
