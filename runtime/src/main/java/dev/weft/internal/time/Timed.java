package dev.weft.internal.time;

import org.jspecify.annotations.Nullable;

/**
 * Something with a deadline, and a node of the {@link Wheel}'s lists: setting a timer allocates
 * nothing but the timer. A subclass may use the links for lists of its own while it is in no wheel.
 */
public abstract class Timed {
    /**
     * When this falls due, in nanoseconds on the loop's clock. Must not change while in a wheel.
     */
    public long deadline;

    /** Links of the list that this is in, if any; a wheel sets both to null when it lets go. */
    public @Nullable Timed prev, next;

    /** A node in no list, with the deadline 0. */
    protected Timed() {}
}
