package dev.weft;

import org.jspecify.annotations.Nullable;

/**
 * A coroutine without state: of a value or a failure that is already there. {@link #TURN} lets the
 * others run once.
 */
class Ready<T> extends Coroutine<T> {
    static final Coroutine<?> DONE = new Ready<>(null, null);

    /**
     * Gives up the turn: suspends, with the wake-up queued at once. No memory is needed for a
     * switch.
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
        awaiter = Mark.REUSABLE;
    }

    static <T> Coroutine<T> value(@Nullable T value) {
        return new Ready<>(value, null);
    }

    static <T> Coroutine<T> failure(Throwable exception) {
        return new Ready<>(null, exception);
    }

    /** Whether several calls give this one object, as if each had made its own. */
    static boolean isShared(Awaitable<?> awaitable) {
        return awaitable == DONE || awaitable == TURN;
    }

    /** Awaits it on behalf of {@code awaiter}. */
    @Nullable Object result(Coroutine<?> awaiter, Task<?> task) {
        if (exception != null) {
            throw Traces.crossing(exception, task);
        }
        return value;
    }

    /** Reached only where it is the whole body of a task. */
    @Override
    protected final @Nullable Object step(Task<?> task, @Nullable Object value) {
        return result(Mark.ROOT, task);
    }
}
