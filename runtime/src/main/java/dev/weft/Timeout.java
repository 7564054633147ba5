package dev.weft;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Weft#timeout} gives: runs something in the current task, and cancels it when a timer
 * has expired (rules 18 and 19).
 *
 * <p>The timer can only interrupt a suspended task. If the task's wake-up is queued when the
 * timer's turn comes, the expiry is held until the task suspends again; the task is then told by a
 * flag, and finds the outermost timeout that is held by following its own chain of awaiters, so
 * that timeouts cost a task nothing.
 */
final class Timeout<T> extends Coroutine<T> implements Runnable {
    private enum Progress {
        FRESH,
        ARMED,
        /** The time is over, but the task could not be interrupted yet. */
        HELD,
        /** What runs inside was cancelled by this. */
        EXPIRED
    }

    private final Duration limit;
    private final Awaitable<T> awaitable;
    private Progress progress = Progress.FRESH;
    private @Nullable Handle timer;
    private @Nullable Task<?> task;
    private int cancelling;

    static <T> Coroutine<T> of(Duration limit, Awaitable<T> awaitable) {
        return new Timeout<>(limit, awaitable);
    }

    private Timeout(Duration limit, Awaitable<T> awaitable) {
        this.limit = limit;
        this.awaitable = awaitable;
    }

    @Override
    protected @Nullable Object step(Task<?> task, @Nullable Object value) {
        Object result;
        try {
            if (progress == Progress.FRESH) {
                result = begin(task);
            } else {
                result = resumedWith(value);
            }
        } catch (Throwable exception) {
            boolean mine = leave(task) && exception instanceof CancelledError;
            throw Thrown.sneak(mine ? timedOut(exception) : exception);
        }
        if (result != SUSPENDED) {
            leave(task);
        }
        return result;
    }

    private @Nullable Object begin(Task<?> task) throws TimeoutException {
        progress = Progress.ARMED;
        this.task = task;
        cancelling = task.cancelling();
        long nanos = Sleep.nanos(limit);
        if (nanos > 0) {
            timer = task.loop.timer(nanos, this);
            return awaitIn(awaitable, this, task);
        }
        if (awaitable instanceof Coroutine<?> coroutine) {
            coroutine.claim(Mark.CLOSED);
            throw timedOut(null);
        }
        if (!((Deferred<?>) awaitable).done()) {
            task.overdue();
            progress = Progress.HELD;
        }
        return awaitIn(awaitable, this, task);
    }

    /** The timer's turn. */
    @Override
    public void run() {
        Task<?> task = this.task;
        if (task != null && task.interrupt(reason())) {
            expired(task);
        } else if (task != null) {
            progress = Progress.HELD;
            task.overdue();
        }
    }

    /**
     * Of the timeouts that are held around a suspended task, seen from the inside to the outside,
     * the one that counts.
     */
    @Nullable Timeout<?> outermost(@Nullable Timeout<?> inner) {
        return switch (progress) {
            case HELD -> this;
            case EXPIRED -> null; // everything inside is being cancelled already
            default -> inner;
        };
    }

    /** The task has suspended while this was held. */
    void expire() {
        Task<?> task = this.task;
        if (task == null) {
            return;
        }
        if (task.interruptSuspended(reason())) {
            expired(task);
        } else {
            task.overdue();
        }
    }

    private void expired(Task<?> task) {
        progress = Progress.EXPIRED;
        task.countRequest();
    }

    /**
     * Nothing runs inside any more. Whether this alone has cancelled it, and nothing further
     * outside has too.
     */
    private boolean leave(Task<?> task) {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
        return progress == Progress.EXPIRED && task.takeBackRequest(cancelling);
    }

    private String reason() {
        return "timeout of " + limit;
    }

    private TimeoutException timedOut(@Nullable Throwable cause) {
        TimeoutException exception = new TimeoutException("not done within the " + reason());
        exception.initCause(cause);
        return exception;
    }
}
