package dev.weft;

import dev.weft.internal.report.UserCode;
import dev.weft.observe.GroupSnapshot;
import dev.weft.observe.Wait;
import org.jspecify.annotations.Nullable;

/**
 * The coroutine of a {@link TaskGroup}: runs the body, then waits for the children (rules 23-25).
 */
final class GroupScope<T> extends Coroutine<T> {
    private enum Progress {
        FRESH,
        IN_BODY,
        AFTER_BODY
    }

    /** Cleared after the call, so that the captured values of the lambda can be collected. */
    private @Nullable AsyncFunction<? super TaskGroup, T> body;

    private Progress progress = Progress.FRESH;
    private @Nullable Task<?> task;
    private @Nullable TaskGroup group;

    /** The innermost shield around this, or null. */
    private @Nullable Shielded around;

    /** The requests that the task had before. Further ones come from outside or from the group. */
    private int requestsBefore;

    private @Nullable Object value;
    private @Nullable Throwable cancellation;

    /** True if the group itself has cancelled the body. */
    private boolean isBodyCancelled;

    GroupScope(AsyncFunction<? super TaskGroup, T> body) {
        this.body = body;
    }

    @Override
    protected @Nullable Object step(Task<?> task, @Nullable Object resumed, int depth) {
        TaskGroup group = group(task);
        try {
            Object result;
            if (progress == Progress.FRESH) {
                progress = Progress.IN_BODY;
                result = Machine.await(callBody(group), this, task, depth);
            } else {
                result = Machine.resumed(resumed);
            }
            if (result == SUSPENDED) {
                return result;
            }
            if (progress == Progress.IN_BODY) {
                value = result;
                leaveBody(task);
            }
        } catch (CancelledError error) {
            leaveBody(task);
            if (cancellation == null) {
                cancellation = error;
            }
            group.parentCancelled();
        } catch (Throwable exception) {
            leaveBody(task);
            if (Thrown.isFatal(exception)) {
                throw Thrown.sneak(exception);
            }
            group.bodyFailed(exception);
        }
        return waitForChildren(group, task, depth);
    }

    private @Nullable Object waitForChildren(TaskGroup group, Task<?> task, int depth) {
        // Each wait has a promise of its own, which is pending, so that the await suspends.
        return group.isEmpty()
                ? leave(group, task)
                : Machine.await(group.whenEmpty(), this, task, depth);
    }

    private @Nullable Coroutine<T> callBody(TaskGroup group) throws Exception {
        AsyncFunction<? super TaskGroup, T> called = body;
        body = null;
        return called == null ? null : called.apply(group);
    }

    /**
     * Takes back the group's request for the end of the body, because the code after the body must
     * not see it.
     */
    private void leaveBody(Task<?> task) {
        if (progress == Progress.IN_BODY && isBodyCancelled) {
            task.takeBackRequest(requestsBefore);
        }
        progress = Progress.AFTER_BODY;
    }

    private TaskGroup group(Task<?> task) {
        TaskGroup group = this.group;
        if (group == null) {
            this.task = task;
            around = task.shield();
            requestsBefore = task.requests();
            group = new TaskGroup(task.loop, this);
            this.group = group;
        }
        return group;
    }

    /** Returns the task to cancel because the group ends early; null if the body has been left. */
    @Nullable Task<?> taskOfBody() {
        if (progress != Progress.IN_BODY) {
            return null;
        }
        isBodyCancelled = true;
        return task;
    }

    @Nullable Shielded around() {
        return around;
    }

    @Override
    protected @Nullable Wait waitsFor() {
        return group == null || progress != Progress.AFTER_BODY ? null : group.waitForChildren();
    }

    @Override
    @Nullable GroupSnapshot groupSnapshot(Task<?> owner) {
        return group == null ? null : group.snapshot(owner);
    }

    private @Nullable Object leave(TaskGroup group, Task<?> task) {
        boolean wasCancelled = group.wasCancelled();
        group.end();
        boolean isCancelledFromOutside = task.requests() > requestsBefore;
        Throwable failure = group.failure();
        if (failure != null) {
            if (isCancelledFromOutside && cancellation != null) {
                task.hold(UserCode.messageOf(cancellation)); // seen at the next suspension
            }
            throw Thrown.sneak(failure);
        }
        if (cancellation != null
                && (isCancelledFromOutside || !(wasCancelled && isBodyCancelled))) {
            throw Thrown.sneak(cancellation);
        }
        return value;
    }
}
