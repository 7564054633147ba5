package dev.weft;

/**
 * The blocking stand-in of a coroutine. A call of an async method runs the method, so a coroutine
 * is only a value, and a failure is thrown by the call.
 */
public abstract class Coroutine<T> implements Awaitable<T> {
    public static <T> Coroutine<T> of(T value) {
        return new Coroutine<>() {
            @Override
            public T get() {
                return value;
            }
        };
    }

    public static Coroutine<Void> done() {
        return of(null);
    }

    public static <T> Coroutine<T> failed(Throwable exception) {
        throw Blocking.<RuntimeException>sneak(exception);
    }

    public static <T> Coroutine<T> from(AsyncCallable<T> body) {
        try {
            return body.call();
        } catch (Throwable e) {
            throw Blocking.<RuntimeException>sneak(e);
        }
    }
}
