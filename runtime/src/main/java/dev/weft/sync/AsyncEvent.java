package dev.weft.sync;

import dev.weft.Coroutine;
import dev.weft.Task;
import org.jspecify.annotations.Nullable;

/**
 * A flag to wait for.
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
 * <p>Who waits when it is set goes on, in the order in which they came, in the next iteration, also
 * if it is cleared again before.
 *
 * <p>It may be made anywhere, belongs to the loop that first uses it, and is used from that loop's
 * thread; everything else is an {@code IllegalStateException}.
 */
public final class AsyncEvent extends LoopBound {
    private final Line line = new Line();
    private boolean set;

    /** An event that is not set. */
    public AsyncEvent() {
        this("AsyncEvent", false);
    }

    /** Part of something that is called {@code name}. */
    AsyncEvent(String name, boolean set) {
        super(name);
        this.set = set;
    }

    /** Sets it and wakes all who wait. No effect if it is set. */
    public void set() {
        use("set");
        set = true;
        line.admit(Integer.MAX_VALUE);
    }

    /** From now on {@link #waitFor} suspends, until the next {@link #set}. */
    public void clear() {
        use("clear");
        set = false;
    }

    /** Whether it is set. */
    public boolean isSet() {
        use("isSet");
        return set;
    }

    /** Waits until it is set; does not suspend if it is set when awaited. */
    public Coroutine<Void> waitFor() {
        checkThread("waitFor");
        return new Wait(this);
    }

    private static final class Wait extends Waiter<Void> {
        private final AsyncEvent event;

        Wait(AsyncEvent event) {
            this.event = event;
        }

        @Override
        protected @Nullable Object step(Task<?> task, @Nullable Object value) {
            if (hasWaited()) {
                leave();
                return resumedWith(value);
            }
            event.use(task);
            return event.set ? null : standIn(event.line, task);
        }
    }
}
