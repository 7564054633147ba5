package dev.weft.compiled;

import dev.weft.Coroutine;
import dev.weft.Task;

public abstract class Frame<T> extends Coroutine<T> {
    public static final Object SUSPENDED = Coroutine.SUSPENDED;

    public int state;

    protected Frame() {}

    protected Frame(Task<?> task) {
        super(task);
    }

    protected abstract String table();

    public final int start(int depth) {
        return state == 0 ? depth : state;
    }

    public static int deeper(int start) {
        return start < 0 ? start + 1 : FIRST_DEPTH + 1;
    }

    public static Object await(Object awaitable, Frame<?> frame, Task<?> task, int start) {
        return awaitable instanceof Coroutine<?> coroutine
                ? Coroutine.toItsEnd(coroutine)
                : SUSPENDED;
    }

    public static Object awaitUnboxed(Object awaitable, Frame<?> frame, Task<?> task, int start) {
        return await(awaitable, frame, task, start);
    }

    public static Object boxed(Object result) {
        return result;
    }

    public static int intOf(Object result) {
        return (Integer) result;
    }

    public static long longOf(Object result) {
        return (Long) result;
    }

    public static double doubleOf(Object result) {
        return (Double) result;
    }

    public static Object ofInt(int value, Task<?> task) {
        return value;
    }

    public static Object ofLong(long value, Task<?> task) {
        return value;
    }

    public static Object ofDouble(double value, Task<?> task) {
        return value;
    }

    public static Object resumed(Object value) {
        return Coroutine.resumed(value);
    }

    public static Object tail(Object coroutine, Frame<?> frame, Task<?> task, int start) {
        return Coroutine.toItsEnd((Coroutine<?>) coroutine);
    }

    public static Object tailed(Object result, Frame<?> frame, Task<?> task) {
        if (result == SUSPENDED && frame != null) {
            Coroutine.handOver(frame, task);
        }
        return result;
    }

    public static void link(Frame<?> frame, Task<?> task) {
        if (frame != null) {
            Coroutine.link(frame, task);
        }
    }

    public static Object tooDeep(Frame<?> frame, Task<?> task) {
        return Coroutine.postponed(frame, task);
    }

    public static Throwable leaving(Throwable exception, Task<?> task) {
        return exception;
    }
}
