package dev.weft.internal.time;

import org.jspecify.annotations.Nullable;

/**
 * An element of intrusive lists: it holds its own links, so that entering a list allocates nothing.
 * A node is in at most one list at a time: a slot of the {@link Wheel}, the ready queue of a loop,
 * or the waiters of a result.
 *
 * <p>The fields are visible to the wheel only. Subclasses reach them by accessors, each named for
 * one meaning of the field. Loop's thread only.
 */
public abstract class Node {
    /**
     * The time at which a timer is due, in nanoseconds on the loop's clock. Constant in a wheel.
     */
    long deadline;

    /** The links of the list. A wheel uses both and sets both to null when it lets go. */
    @Nullable Node prev, next;

    /** Creates a node that is in no list, with the deadline 0. */
    protected Node() {}

    /** Returns the time at which this is due as a timer. */
    protected final long deadline() {
        return deadline;
    }

    /** Sets the time at which this is due. Must not be called while this is in a wheel. */
    protected final void deadline(long nanos) {
        deadline = nanos;
    }

    /** Returns whether a wheel holds this. Valid for nodes that do not use {@link #slot}. */
    protected final boolean isTimed() {
        return prev != null;
    }

    /** Returns the next element of a list that is linked in one direction. */
    protected final @Nullable Node link() {
        return next;
    }

    /** Sets the next element of a list that is linked in one direction. */
    protected final void link(@Nullable Node node) {
        next = node;
    }

    /** Returns the element before this in a list that is linked in both directions. */
    protected final @Nullable Node backLink() {
        return prev;
    }

    /** Sets the element before this in a list that is linked in both directions. */
    protected final void backLink(@Nullable Node node) {
        prev = node;
    }

    /**
     * Returns the content of the second field for a node whose lists are linked in one direction.
     * Meaningless while a wheel holds this.
     */
    protected final @Nullable Node slot() {
        return prev;
    }

    /** Sets the second field of a node whose lists are linked in one direction. */
    protected final void slot(@Nullable Node content) {
        prev = content;
    }
}
