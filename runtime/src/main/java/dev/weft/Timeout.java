package dev.weft;

import dev.weft.internal.loop.CurrentLoop;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The coroutine of {@link Weft#timeout}: runs an awaitable in the current task, and cancels it when
 * a timer expires (rules 18 and 19).
 *
 * <p>The timer can interrupt a suspended task only. If the task's wake-up is queued when the turn
 * of the timer runs, the expiry is held, and a flag of the task is set. When the task suspends, it
 * searches its chain of awaiters for the outermost timeout that is held. So timeouts need no list
 * in the task, unless its bodies keep their Java frames.
 */
final class Timeout<T> extends Coroutine<T> implements Runnable {
    private enum Progress {
        FRESH,
        ARMED,
        /** The time has passed, but the task could not be interrupted yet. */
        HELD,
        /** This has cancelled the operation. */
        EXPIRED
    }

    private final Duration limit;
    private final Awaitable<T> awaitable;
    private final boolean hasFallback;
    private final @Nullable T fallback;
    private Progress progress = Progress.FRESH;
    private @Nullable Handle timer;
    private @Nullable Task<?> task;

    /** The innermost shield around this, or null. */
    private @Nullable Shielded around;

    private int requestsBefore;

    private Timeout(
            Duration limit, Awaitable<T> awaitable, boolean hasFallback, @Nullable T fallback) {
        if (limit == null) {
            throw new NullPointerException("limit");
        }
        if (awaitable == null) {
            throw new NullPointerException("awaitable");
        }
        this.limit = limit;
        this.awaitable = awaitable;
        this.hasFallback = hasFallback;
        this.fallback = fallback;
    }

    /** Creates a coroutine that throws {@link TimeoutException} when the limit has passed. */
    static <T> Coroutine<T> of(Duration limit, Awaitable<T> awaitable) {
        return new Timeout<>(limit, awaitable, false, null);
    }

    /** Creates a coroutine with the result {@code fallback} when the limit has passed. */
    static <T> Coroutine<T> of(Duration limit, Awaitable<T> awaitable, @Nullable T fallback) {
        return new Timeout<>(limit, awaitable, true, fallback);
    }

    @Override
    protected @Nullable Object step(Task<?> task, @Nullable Object value, int depth) {
        Object result;
        try {
            result = progress == Progress.FRESH ? begin(task, depth) : Machine.resumed(value);
        } catch (Throwable exception) {
            boolean hasExpired = leave(task) && exception instanceof CancelledError;
            if (!hasExpired) {
                throw Thrown.sneak(exception);
            }
            return timedOut(exception);
        }
        if (result != SUSPENDED) {
            leave(task);
        }
        return result;
    }

    private @Nullable Object begin(Task<?> task, int depth) {
        progress = Progress.ARMED;
        this.task = task;
        if (CurrentLoop.HAS_TASK_THREADS) {
            task.loop.threads().begins(this, task);
        }
        around = task.shield();
        requestsBefore = task.requests();
        long nanos = Sleep.nanos(limit);
        if (nanos > 0) {
            timer = Callback.at(task.loop.deadline(nanos), task.loop, this);
        } else if (awaitable instanceof Coroutine<?> coroutine) {
            coroutine.claim(AwaiterMark.CLOSED);
            return timedOut(null);
        } else if (!Deferred.known(awaitable).done()) {
            task.markOverdue();
            progress = Progress.HELD;
        }
        return Machine.await(awaitable, this, task, depth);
    }

    /** Called by the timer. */
    @Override
    public void run() {
        Task<?> task = this.task;
        if (task != null
                && task.shield() == around
                && CancelSweep.internal(reason()).interrupt(task)) {
            expired(task);
        } else if (task != null) {
            progress = Progress.HELD;
            task.markOverdue();
        }
    }

    @Override
    @Nullable Coroutine<?> outermostExpired(@Nullable Coroutine<?> inner) {
        if (task == null || task.shield() != around) {
            return inner;
        }
        return switch (progress) {
            case HELD -> this;
            case EXPIRED -> null; // everything inside is being cancelled already
            default -> inner;
        };
    }

    @Override
    void expire() {
        Task<?> task = this.task;
        if (task == null) {
            return;
        }
        if (task.interruptSuspended(reason())) {
            expired(task);
        } else {
            task.markOverdue();
        }
    }

    private void expired(Task<?> task) {
        progress = Progress.EXPIRED;
        task.countRequests(1);
    }

    /**
     * Ends the timer, because the operation has ended.
     *
     * @return whether this alone has cancelled the operation
     */
    private boolean leave(Task<?> task) {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
        if (CurrentLoop.HAS_TASK_THREADS) {
            task.loop.threads().ends(this, task);
        }
        return progress == Progress.EXPIRED && task.takeBackRequest(requestsBefore);
    }

    private String reason() {
        return "timeout of " + limit;
    }

    private @Nullable Object timedOut(@Nullable Throwable cause) {
        if (hasFallback) {
            return fallback;
        }
        TimeoutException exception = new TimeoutException("not done within the " + reason());
        exception.initCause(cause);
        throw Thrown.sneak(exception);
    }
}
