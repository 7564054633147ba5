package dev.weft.internal.loop;

import dev.weft.internal.time.Node;
import org.jspecify.annotations.Nullable;

/**
 * A cancellation on its way into a task. A node, so that it can be the content of a task's slot.
 * The factories return a node, so that a program that cancels nothing does not load this class.
 */
public final class CancelRequest extends Node {
    /** The message of the error to come. */
    public final @Nullable String message;

    /**
     * True if the request has ended what the task waited for and can no longer be taken back. Such
     * a request is immutable, and all tasks of a sweep share it.
     */
    private final boolean isForwarded;

    /** The number of requests that the task had with this one. */
    private final int number;

    private CancelRequest(@Nullable String message, boolean isForwarded, int number) {
        this.message = message;
        this.isForwarded = isForwarded;
        this.number = number;
    }

    /** Creates a request that has ended what the task waited for. */
    public static Node forwarded(@Nullable String message) {
        return new CancelRequest(message, true, 0);
    }

    /**
     * Creates a request that the task holds until its next step or suspension.
     *
     * @param number the number of requests that the task has with this one
     */
    public static CancelRequest held(@Nullable String message, int number) {
        return new CancelRequest(message, false, number);
    }

    /** Records what the task's wake-up would have delivered, in a request that is held. */
    public Node displacing(@Nullable Node displaced) {
        slot(displaced);
        return this;
    }

    /** Returns whether this is held and came after the first {@code count} requests of the task. */
    public boolean isHeldAfter(int count) {
        return !isForwarded && number > count;
    }

    /** Returns what the wake-up would have delivered. */
    public @Nullable Node displaced() {
        return slot();
    }
}
