package dev.weft;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A value that each task has of its own. Tasks and callbacks begin with the values of whoever
 * created or scheduled them; an inline await shares them; what comes from another thread begins
 * without. The model is Python's {@code contextvars} (PEP 567).
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

    private TaskLocal(@Nullable Supplier<? extends T> initial) {
        this.initial = initial;
    }

    /** A local that is null where it was not set. */
    public static <T> TaskLocal<T> create() {
        return new TaskLocal<>(null);
    }

    /** A local that asks {@code initial} for its value where it was not set, and keeps that. */
    public static <T> TaskLocal<T> withInitial(Supplier<? extends T> initial) {
        if (initial == null) {
            throw new NullPointerException("initial");
        }
        return new TaskLocal<>(initial);
    }

    /**
     * The value in the current task, callback or blocking work.
     *
     * @throws IllegalStateException outside of these
     */
    @SuppressWarnings("NullAway") // null where that is its value
    public T get() {
        Context all = Locals.context();
        Context found = Context.find(all, this);
        Object value;
        if (found != null) {
            value = found.value();
        } else if (initial == null) {
            value = null;
        } else {
            value = initial.get();
            Locals.context(Context.with(all, this, value));
        }
        @SuppressWarnings("unchecked")
        T typed = (T) value;
        return typed;
    }

    /**
     * Sets the value in the current task, callback or blocking work.
     *
     * @throws IllegalStateException outside of these
     */
    public void set(@Nullable T value) {
        Locals.context(Context.with(Locals.context(), this, value));
    }

    /**
     * Runs {@code body} with {@code value} in place of what is set now, which is set again when the
     * body has ended.
     */
    public <R> Coroutine<R> where(@Nullable T value, AsyncCallable<R> body) {
        if (body == null) {
            throw new NullPointerException("body");
        }
        return new Where<>(this, value, body);
    }

    private static final class Where<R> extends Coroutine<R> {
        private final TaskLocal<?> local;
        private final @Nullable Object value;
        private @Nullable AsyncCallable<R> body;
        private @Nullable Context before;

        Where(TaskLocal<?> local, @Nullable Object value, AsyncCallable<R> body) {
            this.local = local;
            this.value = value;
            this.body = body;
        }

        @Override
        protected @Nullable Object step(Task<?> task, @Nullable Object resumed) throws Exception {
            boolean suspended = false;
            try {
                AsyncCallable<R> body = this.body;
                Object result;
                if (body == null) {
                    result = resumedWith(resumed);
                } else {
                    this.body = null;
                    before = Context.find(task.context(), local);
                    task.context(Context.with(task.context(), local, value));
                    result = awaitIn(body.call(), this, task);
                }
                suspended = result == SUSPENDED;
                return result;
            } finally {
                if (!suspended) {
                    Context rest = Context.without(task.context(), local);
                    task.context(before == null ? rest : new Context(local, before.value(), rest));
                }
            }
        }
    }
}
