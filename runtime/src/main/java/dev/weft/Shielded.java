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

    /** The number of requests that have come, and the message of the first. */
    private int kept;

    private @Nullable String message;

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
        outer = task.shield();
        task.shield(this);
        CancelRequest held = task.takeHeldRequest();
        if (held != null) {
            kept = 1;
            message = held.message;
            task.requests(task.requests() - 1);
        }
        return Machine.await(body, this, task, depth);
    }

    /** Ends the protection. Returns whether there is a request to deliver now. */
    private boolean end(Task<?> task) {
        task.shield(outer);
        task.markOverdue(); // for timeouts around this that have expired meanwhile
        if (kept == 0) {
            return false;
        }
        if (outer != null) {
            outer.keep(kept, message);
            return false;
        }
        task.countRequests(kept);
        return true;
    }

    /** Keeps requests until the end. Code inside does not see them. */
    void keep(int count, @Nullable String message) {
        if (kept == 0) {
            this.message = message;
        }
        kept += Math.min(count, Integer.MAX_VALUE - kept);
    }

    /** Returns the number of requests that this and the shields around it keep. */
    int kept() {
        long all = 0;
        for (Shielded shield = this; shield != null; shield = shield.outer) {
            all += shield.kept;
        }
        return (int) Math.min(all, Integer.MAX_VALUE);
    }

    /** Drops the last request that is kept. Returns false if there is none. */
    boolean takeBack() {
        for (Shielded shield = this; shield != null; shield = shield.outer) {
            if (shield.kept > 0) {
                shield.kept--;
                return true;
            }
        }
        return false;
    }
}
