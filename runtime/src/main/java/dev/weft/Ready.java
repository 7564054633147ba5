package dev.weft;

import org.jspecify.annotations.Nullable;

/** A coroutine without state: a value or a failure that already exists. May be awaited again. */
class Ready<T> extends Coroutine<T> {
    static final Coroutine<?> DONE = new Ready<>(null, null);

    /**
     * Suspends, with the wake-up queued at once, so that other tasks run. Shared, so it costs no
     * memory.
     */
    static final Coroutine<?> TURN =
            new Ready<Void>(null, null) {
                @Override
                Object result(Coroutine<?> awaiter, Task<?> task) {
                    return task.giveTurn(awaiter);
                }
            };

    private final @Nullable T value;
    private final @Nullable Throwable exception;

    private Ready(@Nullable T value, @Nullable Throwable exception) {
        this.value = value;
        this.exception = exception;
        awaiter = AwaiterMark.REUSABLE;
    }

    static <T> Coroutine<T> value(@Nullable T value) {
        return new Ready<>(value, null);
    }

    static <T> Coroutine<T> failure(Throwable exception) {
        return new Ready<>(null, exception);
    }

    /** Returns whether several calls return this one object, as if each had created its own. */
    static boolean isShared(Awaitable<?> awaitable) {
        return awaitable == DONE || awaitable == TURN;
    }

    /** Awaits this on behalf of {@code awaiter}. */
    @Nullable Object result(Coroutine<?> awaiter, Task<?> task) {
        if (exception != null) {
            throw Traces.crossing(exception, task);
        }
        return value;
    }

    /** Called only if this is the coroutine of a task. */
    @Override
    protected final @Nullable Object step(Task<?> task, @Nullable Object value, int depth) {
        return result(AwaiterMark.ROOT, task);
    }
}
