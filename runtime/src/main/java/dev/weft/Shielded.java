package dev.weft;

import dev.weft.internal.loop.CancelRequest;
import org.jspecify.annotations.Nullable;

/**
 * Runs a coroutine, which closes something, in the current task. Cancellations of the task, and
 * timeouts and groups around this, wait until the coroutine has ended. What is inside works as
 * usual.
 *
 * <p>A cancellation that has come is thrown at the end. If the coroutine has failed, or {@code
 * cause} is a failure, the task holds the cancellation instead, as a group does (rule 24).
 */
final class Shielded extends Coroutine<Void> {
    private final Coroutine<?> body;

    /** The exception because of which the coroutine runs, and which the caller throws; or null. */
    private final @Nullable Throwable cause;

    private boolean isRunning;

    /** The shield around this in the same task. */
    private @Nullable Shielded outer;

    /** True if a request is to be delivered at the end. */
    private boolean hasRequest;

    private @Nullable String message;

    /** The number of requests that have come since the beginning. */
    private int count;

    /** True if a timeout around this may have expired, which takes effect afterwards. */
    private boolean isOverdue;

    Shielded(Coroutine<?> body, @Nullable Throwable cause) {
        this.body = body;
        this.cause = cause;
    }

    @Override
    protected @Nullable Object step(Task<?> task, @Nullable Object value, int depth) {
        Object result;
        try {
            result = isRunning ? Machine.resumed(value) : begin(task, depth);
        } catch (Throwable exception) {
            if (end(task)) {
                task.hold(message);
            }
            throw Thrown.sneak(exception);
        }
        if (result == SUSPENDED) {
            return result;
        }
        if (end(task)) {
            if (cause == null) {
                throw new CancelledError(message);
            }
            if (!(cause instanceof CancelledError)) {
                task.hold(message);
            }
        }
        return null;
    }

    private @Nullable Object begin(Task<?> task, int depth) {
        isRunning = true;
        isOverdue = task.isOverdue();
        outer = task.shield();
        task.shield(this);
        CancelRequest held = task.takeHeldRequest();
        if (held != null) {
            keep(0, held.message);
        }
        return Machine.await(body, this, task, depth);
    }

    /** Ends the protection. Returns whether there is a request to deliver now. */
    private boolean end(Task<?> task) {
        task.shield(outer);
        if (isOverdue) {
            task.markOverdue();
        }
        if (outer == null) {
            task.countRequests(count);
            return hasRequest;
        }
        if (hasRequest) {
            outer.keep(count, message);
        }
        return false;
    }

    /** Records that a timeout has expired, perhaps one around this. */
    void markOverdue() {
        isOverdue = true;
    }

    /** Keeps requests until the end. Code inside does not see them. */
    void keep(int more, @Nullable String message) {
        if (!hasRequest) {
            hasRequest = true;
            this.message = message;
        }
        count += Math.min(more, Integer.MAX_VALUE - count);
    }

    /** Returns the number of requests that have come to this and to the shields around it. */
    int count() {
        long all = 0;
        for (Shielded shield = this; shield != null; shield = shield.outer) {
            all += shield.count;
        }
        return (int) Math.min(all, Integer.MAX_VALUE);
    }

    /** Takes back one request that has come. Returns false if there is none. */
    boolean takeBack() {
        for (Shielded shield = this; shield != null; shield = shield.outer) {
            if (shield.count > 0) {
                shield.count--;
                return true;
            }
        }
        return false;
    }

    /** Drops what would be delivered, because all requests of the task were taken back. */
    void drop() {
        for (Shielded shield = this; shield != null; shield = shield.outer) {
            shield.hasRequest = false;
        }
    }
}
