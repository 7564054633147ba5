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

    /** The first request that has come; null if there is none. */
    private @Nullable CancelRequest kept;

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
            CancelRequest request = end(task);
            if (request != null) {
                task.hold(request.message);
            }
            throw Thrown.sneak(exception);
        }
        if (result == SUSPENDED) {
            return result;
        }
        CancelRequest request = end(task);
        if (request != null && cause == null) {
            throw new CancelledError(request.message);
        }
        if (request != null && !(cause instanceof CancelledError)) {
            task.hold(request.message);
        }
        return null;
    }

    private @Nullable Object begin(Task<?> task, int depth) {
        isRunning = true;
        outer = task.shield();
        task.shield(this);
        kept = task.takeHeldRequest();
        return Machine.await(body, this, task, depth);
    }

    /** Ends the protection. Returns the request to deliver now; null if there is none. */
    private @Nullable CancelRequest end(Task<?> task) {
        CancelRequest request = kept;
        task.shield(outer);
        task.markOverdue(); // for timeouts around this that have expired meanwhile
        if (outer != null && request != null) {
            outer.keep(request);
            return null;
        }
        return request;
    }

    /** Keeps a request until the end, unless one is kept already. */
    void keep(CancelRequest request) {
        if (kept == null) {
            kept = request;
        }
    }

    /** Drops the requests that came after the first {@code count} requests of the task. */
    void dropAfter(int count) {
        for (Shielded shield = this; shield != null; shield = shield.outer) {
            if (shield.kept != null && shield.kept.isHeldAfter(count)) {
                shield.kept = null;
            }
        }
    }
}
