package dev.weft.compiled;

import dev.weft.Coroutine;
import dev.weft.Task;

public abstract class Frame<T> extends Coroutine<T> {
    public static final Object SUSPENDED = Coroutine.SUSPENDED;

    public int state;

    protected abstract String table();

    public static Object await(Object awaitable, Frame<?> frame, Task<?> task) {
        return awaitable instanceof Coroutine<?> coroutine
                ? Coroutine.toItsEnd(coroutine)
                : SUSPENDED;
    }

    public static Object awaitUnboxed(Object awaitable, Frame<?> frame, Task<?> task) {
        return await(awaitable, frame, task);
    }

    public static int intOf(Object result) {
        return (Integer) result;
    }

    public static Object ofInt(int value, Task<?> task) {
        return value;
    }

    public static Object resumed(Object value) {
        return value;
    }

    public static Object tail(Object coroutine, Frame<?> frame, Task<?> task) {
        return Coroutine.toItsEnd((Coroutine<?>) coroutine);
    }
}
