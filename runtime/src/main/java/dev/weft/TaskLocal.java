package dev.weft;

import dev.weft.internal.loop.TaskLocals;
import dev.weft.internal.report.UserCode;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A variable with a value of its own in each task. A task or callback begins with the values of the
 * code that created or scheduled it; an inline await shares the values of its task; what another
 * thread hands in begins without values. The model is Python's {@code contextvars} (PEP 567).
 *
 * <pre>{@code
 * private static final TaskLocal<String> USER = TaskLocal.create();
 *
 * static Coroutine<String> serve(String user) {
 *     return USER.where(user, () -> welcome());
 * }
 *
 * @Async
 * private static Coroutine<String> welcome() {
 *     await(sleep(ofSeconds(1))); // others run meanwhile, each with its own user
 *     return Coroutine.of("Welcome, " + USER.get());
 * }
 * }</pre>
 *
 * <p>Used in the tasks and callbacks of a loop, and in the {@link Weft#blocking} work that they
 * start.
 *
 * @param <T> the value, which may be null
 */
public final class TaskLocal<T> {
    private final @Nullable Supplier<? extends T> initial;

    /** The name in reports; null for none. */
    private final @Nullable String name;

    private TaskLocal(@Nullable Supplier<? extends T> initial, @Nullable String name) {
        this.initial = initial;
        this.name = name;
    }

    /** Creates a variable that is null where it was not set. */
    public static <T> TaskLocal<T> create() {
        return new TaskLocal<>(null, null);
    }

    /** Creates a variable, as {@link #create()}, with a name for snapshots of tasks. */
    public static <T> TaskLocal<T> create(String name) {
        if (name == null) {
            throw new NullPointerException("name");
        }
        return new TaskLocal<>(null, name);
    }

    /**
     * Creates a variable that takes its value from {@code initial} where it was not set, and keeps
     * that value.
     */
    public static <T> TaskLocal<T> withInitial(Supplier<? extends T> initial) {
        if (initial == null) {
            throw new NullPointerException("initial");
        }
        return new TaskLocal<>(initial, null);
    }

    /**
     * Returns the value in the current task, callback or blocking work.
     *
     * @throws IllegalStateException outside of these
     */
    @SuppressWarnings({"NullAway", "unchecked"}) // null where that is the value
    public T get() {
        TaskLocals found = TaskLocals.find(TaskLocals.current(), this);
        if (found != null) {
            return (T) found.value();
        }
        if (initial == null) {
            return null;
        }
        T value = UserCode.get(initial);
        set(value); // into the list as it is now: the supplier may have changed it
        return value;
    }

    /**
     * Sets the value in the current task, callback or blocking work.
     *
     * @throws IllegalStateException outside of these
     */
    public void set(@Nullable T value) {
        TaskLocals.current(TaskLocals.with(TaskLocals.current(), this, value));
    }

    /** Runs {@code body} with {@code value}, and restores the previous value at its end. */
    public <R> Coroutine<R> where(@Nullable T value, AsyncCallable<R> body) {
        if (body == null) {
            throw new NullPointerException("body");
        }
        return new Where<>(this, value, body);
    }

    /** Returns the name that this was given, or a default one. */
    @Override
    public String toString() {
        return name == null ? "TaskLocal@" + Integer.toHexString(hashCode()) : name;
    }

    private static final class Where<R> extends Coroutine<R> {
        private final TaskLocal<?> local;
        private final @Nullable Object value;

        /** Null after the call. */
        private @Nullable AsyncCallable<R> body;

        private @Nullable TaskLocals previous;

        Where(TaskLocal<?> local, @Nullable Object value, AsyncCallable<R> body) {
            this.local = local;
            this.value = value;
            this.body = body;
        }

        @Override
        protected @Nullable Object step(Task<?> task, @Nullable Object resumed, int depth)
                throws Exception {
            boolean isSuspended = false;
            try {
                Object result;
                AsyncCallable<R> called = body;
                if (called == null) {
                    result = Machine.resumed(resumed);
                } else {
                    body = null;
                    previous = TaskLocals.find(task.locals(), local);
                    task.locals(TaskLocals.with(task.locals(), local, value));
                    result = Machine.await(called.call(), this, task, depth);
                }
                isSuspended = result == SUSPENDED;
                return result;
            } finally {
                if (!isSuspended) {
                    restore(task);
                }
            }
        }

        private void restore(Task<?> task) {
            TaskLocals others = TaskLocals.without(task.locals(), local);
            task.locals(
                    previous == null ? others : new TaskLocals(local, previous.value(), others));
        }
    }
}
