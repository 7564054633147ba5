package dev.weft.sync;

import dev.weft.Coroutine;
import dev.weft.Task;
import org.jspecify.annotations.Nullable;

/**
 * A coroutine that may have to stand in a {@link Line}, in which it is itself the node.
 *
 * <p>Its step is called a first time, and then once after each {@link #standIn}. In between a
 * cancellation may have come, before the turn or after it; the step learns of the first by {@link
 * #resumedWith} and of the second by {@link #leave}, and gives back the turn when both have come.
 */
abstract class Waiter<T> extends Coroutine<T> {
    /** Links of the line, which alone writes them; null outside of one. */
    @SuppressWarnings("NullAway.Init")
    Waiter<?> before;

    @SuppressWarnings("NullAway.Init")
    Waiter<?> after;

    /** Set by the line. */
    boolean hasTurn;

    private @Nullable Line line;
    private @Nullable Task<?> task;

    /** Suspends at the end of {@code line}. Who serves the line admits after this. */
    final Object standIn(Line line, Task<?> task) {
        this.line = line;
        this.task = task;
        hasTurn = false;
        line.join(this);
        return park(task);
    }

    /** Whether this has ever stood in a line. */
    final boolean hasWaited() {
        return task != null;
    }

    /** Leaves the line, if it has not yet. */
    final void leave() {
        Line left = line;
        if (left != null) {
            line = null;
            left.leave(this);
        }
    }

    final void wake() {
        if (task != null) {
            unpark(task);
        }
    }

    @Override
    protected void interrupted() {
        leave();
    }
}
