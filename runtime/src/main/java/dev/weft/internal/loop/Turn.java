package dev.weft.internal.loop;

import dev.weft.internal.time.Node;
import dev.weft.observe.ObservedTask;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the ready queue: the next step of a task, or a callback. A turn is its own list
 * element, so that neither waiting nor becoming ready allocates. Loop's thread only.
 */
public abstract class Turn extends Node {
    /** Runs this turn. Throws only errors that must stop the loop. */
    protected abstract void take();

    /** Called when the deadline has passed and the turn has left the wheel for the ready queue. */
    protected void due() {}

    /** Called when the awaited result has arrived and the turn has entered the ready queue. */
    protected void woken() {}

    /** Returns whether this turn, which is about to run, runs code of the program. */
    protected boolean isStep() {
        return false;
    }

    /** Returns the task whose step this turn is; null for a callback. */
    protected @Nullable ObservedTask observed() {
        return null;
    }

    /** Returns the exception with which the task of this turn has ended; null if there is none. */
    protected @Nullable Throwable failure() {
        return null;
    }

    /** Returns whether the second field is a {@link #slot}, so that no list may link backward. */
    protected boolean ownsSlot() {
        return false;
    }

    /**
     * Returns whether this turn leaves the result that it waits for before the result has ended.
     */
    protected boolean isLeaving() {
        return false;
    }

    /** Called when a leaving turn has been moved to the ready queue. */
    protected void released() {}

    /** Returns the task-local values that this turn runs with. */
    protected @Nullable TaskLocals locals() {
        return null;
    }

    /** Replaces the task-local values that this turn runs with. */
    protected void locals(@Nullable TaskLocals locals) {}

    /** Returns whether a turn exists that must not run before this one. */
    protected boolean hasFollower() {
        return false;
    }

    /** Returns whether {@code other} must not run before this turn. */
    protected boolean mustPrecede(Turn other) {
        return false;
    }

    final long dueAt() {
        return deadline();
    }

    final @Nullable Turn nextTurn() {
        return (Turn) link();
    }

    final void nextTurn(@Nullable Turn turn) {
        link(turn);
    }

    final boolean follows(Turn turn) {
        return backLink() == turn;
    }

    final @Nullable Turn previousTurn() {
        return (Turn) backLink();
    }

    final void previousTurn(@Nullable Turn turn) {
        backLink(turn);
    }
}
