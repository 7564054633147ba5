package dev.weft.sync;

import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.observe.Wait;
import org.jspecify.annotations.Nullable;

/**
 * A flag that tasks wait for.
 *
 * <pre>{@code
 * private final AsyncEvent opened = new AsyncEvent();
 *
 * @Async
 * Coroutine<Void> guest(String name) {
 *     await(opened.waitFor()); // until somebody calls opened.set()
 *     await(write(name));
 *     return Coroutine.done();
 * }
 * }</pre>
 *
 * <p>The tasks that wait when the event is set continue in the next iteration, in the order in
 * which they came, even if the event is cleared before. The rules for loops and threads are those
 * of {@link dev.weft.sync the package}.
 */
public final class AsyncEvent extends LoopBound {
    private final WaitQueue queue = new WaitQueue();
    private boolean isSet;

    /** Creates an event that is not set. */
    public AsyncEvent() {
        this("AsyncEvent", false);
    }

    /** Creates a part of a primitive that messages call {@code name}. */
    AsyncEvent(String name, boolean isSet) {
        super(name);
        this.isSet = isSet;
    }

    /** Sets the event and wakes all waiting tasks. No effect if it is set. */
    public void set() {
        use("set");
        isSet = true;
        queue.grant(Integer.MAX_VALUE);
    }

    /** Clears the event: {@link #waitFor} suspends until the next {@link #set}. */
    public void clear() {
        use("clear");
        isSet = false;
    }

    /** Returns whether the event is set. */
    public boolean isSet() {
        use("isSet");
        return isSet;
    }

    /** Waits until the event is set. Does not suspend if it is set when awaited. */
    public Coroutine<Void> waitFor() {
        checkThread("waitFor");
        return new Waiting(this);
    }

    /** Runs {@code await(waitFor())} on behalf of {@code awaiter}. */
    @Nullable Object awaitSet(@Nullable Coroutine<?> awaiter, Task<?> task) {
        beginCompiled("waitFor", task);
        if (isSet) {
            return null;
        }
        Waiter<?> spare = queue.takeSpare();
        return (spare == null ? new Waiting(this) : spare).enqueueCompiled(queue, awaiter, task);
    }

    private static final class Waiting extends Waiter<Void> {
        private final AsyncEvent event;

        Waiting(AsyncEvent event) {
            this.event = event;
        }

        @Override
        protected @Nullable Object step(Task<?> task, @Nullable Object value, int depth)
                throws Throwable {
            if (hasWaited()) {
                leave();
                Machine.resumed(value);
                return served(event.queue, null, task);
            }
            event.use(task);
            return event.isSet ? null : enqueue(event.queue, task);
        }

        @Override
        protected Wait waitsFor() {
            return Wait.of(event.identity() + ", not set (" + place() + ")");
        }
    }
}
