package dev.weft;

/** The smallest runtime for compiled code: no loop, each caller drives its callee. */
public abstract class Coroutine<T> implements Awaitable<T> {
    protected static final Object SUSPENDED = new Object();

    protected abstract Object step(Task<?> task, Object value) throws Throwable;

    public static <T> Coroutine<T> of(T value) {
        return new Ready<>(value);
    }

    public static Coroutine<Void> done() {
        return new Ready<>(null);
    }

    /** Resumes the coroutine until the end, and returns the result. */
    public static Object toItsEnd(Coroutine<?> coroutine) {
        try {
            Object result = coroutine.step(null, null);
            while (result == SUSPENDED) {
                result = coroutine.step(null, null);
            }
            return result;
        } catch (Throwable exception) {
            throw Coroutine.<RuntimeException>sneak(exception);
        }
    }

    @SuppressWarnings("unchecked")
    private static <X extends Throwable> X sneak(Throwable exception) throws X {
        throw (X) exception;
    }

    private static final class Ready<T> extends Coroutine<T> {
        private final T value;

        Ready(T value) {
            this.value = value;
        }

        @Override
        protected Object step(Task<?> task, Object ignored) {
            return value;
        }
    }
}
