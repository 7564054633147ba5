package dev.weft;

import org.jspecify.annotations.Nullable;

/**
 * The coroutine of a {@link TaskGroup}: runs the body, then waits for the children (rules 23 to
 * 25).
 */
final class Scope<T> extends Coroutine<T> {
    private enum Place {
        FRESH,
        IN_BODY,
        AFTER_BODY
    }

    /**
     * Null once it was called, so that what it captured lives no longer than its own code wants.
     */
    private @Nullable AsyncFunction<? super TaskGroup, T> body;

    private Place place = Place.FRESH;
    private @Nullable Task<?> task;
    private @Nullable TaskGroup group;

    /** How many requests of cancellation the task had before; more are from outside. */
    private int cancelling;

    private @Nullable Object value;
    private @Nullable Throwable cancellation;

    /** Whether the group itself has cancelled the body. */
    private boolean bodyCancelled;

    Scope(AsyncFunction<? super TaskGroup, T> body) {
        this.body = body;
    }

    @Override
    protected @Nullable Object step(Task<?> task, @Nullable Object resumed) {
        TaskGroup group = group(task);
        try {
            Object result;
            if (place == Place.FRESH) {
                place = Place.IN_BODY;
                result = awaitIn(begin(group), this, task);
            } else {
                result = resumedWith(resumed);
            }
            if (result == SUSPENDED) {
                return result;
            }
            if (place == Place.IN_BODY) {
                value = result;
                leaveBody(task);
            }
        } catch (CancelledError error) {
            leaveBody(task);
            cancelled(error, group);
        } catch (Throwable exception) {
            leaveBody(task);
            if (Thrown.fatal(exception)) {
                throw Thrown.sneak(exception);
            }
            group.failed(exception);
        }
        return waitForChildren(group, task);
    }

    private @Nullable Object waitForChildren(TaskGroup group, Task<?> task) {
        // A promise of this wait alone, so that it is pending and awaiting it always suspends.
        return group.isEmpty() ? leave(group, task) : awaitIn(group.whenEmpty(), this, task);
    }

    private @Nullable Coroutine<T> begin(TaskGroup group) throws Exception {
        AsyncFunction<? super TaskGroup, T> called = body;
        body = null;
        return called == null ? null : called.apply(group);
    }

    /** What the group may still ask of the body does not concern what comes after it. */
    private void leaveBody(Task<?> task) {
        if (place == Place.IN_BODY && bodyCancelled) {
            task.takeBackRequest(cancelling);
        }
        place = Place.AFTER_BODY;
    }

    private TaskGroup group(Task<?> task) {
        TaskGroup group = this.group;
        if (group == null) {
            this.task = task;
            cancelling = task.cancelling();
            group = new TaskGroup(task.loop, this);
            this.group = group;
        }
        return group;
    }

    private void cancelled(CancelledError error, TaskGroup group) {
        if (cancellation == null) {
            cancellation = error;
        }
        group.parentCancelled();
    }

    /** The group ends early: the body, if it is still inside, is cancelled after the children. */
    void cancelBody(String reason) {
        if (place == Place.IN_BODY && task != null) {
            bodyCancelled = true;
            task.demand(reason);
        }
    }

    private @Nullable Object leave(TaskGroup group, Task<?> task) {
        boolean ended = group.wasCancelled();
        group.end();
        boolean fromOutside = task.cancelling() > cancelling;
        Throwable failure = group.failure();
        if (failure != null) {
            if (fromOutside && cancellation != null) {
                task.hold(cancellation.getMessage()); // to be seen again at the next suspension
            }
            throw Thrown.sneak(failure);
        }
        if (cancellation != null && (fromOutside || !(ended && bodyCancelled))) {
            throw Thrown.sneak(cancellation);
        }
        return value;
    }
}
