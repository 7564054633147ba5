package dev.weft;

/** The smallest runtime for compiled code: no loop, each awaiter drives what it awaits. */
public abstract class Coroutine<T> implements Awaitable<T> {
    protected static final Object SUSPENDED = new Object();

    /** The depth of a step that is not called by another. */
    protected static final int FIRST_DEPTH = -200;

    /** A failure that is delivered to an awaiter. */
    private record Failure(Throwable exception) {}

    /** The caller of the body, if both were suspended together. */
    private Coroutine<?> awaiter;

    /** The last element of a generator, of which this is the body. */
    public Object emitted;

    protected Coroutine() {}

    /** Creates the frame of a body that suspends. */
    protected Coroutine(Task<?> task) {
        link(this, task);
        task.unlinked = this;
    }

    protected abstract Object step(Task<?> task, Object value, int depth) throws Throwable;

    protected static void link(Coroutine<?> awaiter, Task<?> task) {
        if (task.unlinked == null) {
            task.innermost = awaiter;
        } else {
            task.unlinked.awaiter = awaiter;
        }
        task.unlinked = null;
    }

    /** Gives the awaiter of a coroutine, which has ended, to the one that has suspended inside. */
    protected static void handOver(Coroutine<?> ended, Task<?> task) {
        if (task.unlinked != null) {
            task.unlinked.awaiter = ended.awaiter;
        }
        task.unlinked = null;
    }

    protected static Object resumed(Object value) {
        if (value instanceof Failure failure) {
            throw Coroutine.<RuntimeException>sneak(failure.exception);
        }
        return value;
    }

    /** Leaves the coroutine, which has not begun, to the driver. */
    protected static Object postponed(Coroutine<?> coroutine, Task<?> task) {
        task.innermost = coroutine;
        task.unlinked = coroutine;
        return SUSPENDED;
    }

    public static <T> Coroutine<T> of(T value) {
        return new Ready<>(value);
    }

    public static Coroutine<Void> done() {
        return new Ready<>(null);
    }

    /** Resumes the coroutine until the end, and returns the result. */
    public static Object toItsEnd(Coroutine<?> coroutine) {
        Task<?> task = new Task<>();
        Coroutine<?> next = coroutine;
        Object value = null;
        while (next != null) {
            task.innermost = null;
            task.unlinked = null;
            Object result;
            try {
                result = next.step(task, value, FIRST_DEPTH);
            } catch (Throwable exception) {
                result = new Failure(exception);
            }
            if (result == SUSPENDED) {
                next = task.innermost == null ? next : task.innermost;
                value = null;
            } else {
                next = next.awaiter;
                value = result;
            }
        }
        return resumed(value);
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
        protected Object step(Task<?> task, Object ignored, int depth) {
            return value;
        }
    }
}
