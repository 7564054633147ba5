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

    public static Object await(Object awaitable, Frame<?> frame, Task<?> task, int depth) {
        return awaitable instanceof Coroutine<?> coroutine
                ? Coroutine.toItsEnd(coroutine)
                : SUSPENDED;
    }

    public static Object awaitUnboxed(Object awaitable, Frame<?> frame, Task<?> task, int depth) {
        return await(awaitable, frame, task, depth);
    }

    public static Object boxed(Object result, Task<?> task) {
        return result;
    }

    public static int intOf(Object result, Task<?> task) {
        return (Integer) result;
    }

    public static long longOf(Object result, Task<?> task) {
        return (Long) result;
    }

    public static double doubleOf(Object result, Task<?> task) {
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

    public static Object tail(Object coroutine, Frame<?> frame, Task<?> task, int depth) {
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
