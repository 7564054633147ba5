package dev.weft.benchmarks.limit;

/**
 * A suspended call. Created when a call suspends, innermost first, and linked to the frame of the
 * caller. A call that does not suspend is a plain Java call.
 */
abstract class Frame {
    Frame caller;
    int state;

    /**
     * Continues the call. Returns the result, or {@link Task#SUSPENDED} after {@code task} has the
     * frame to resume next.
     */
    abstract Object step(Task task, Object value);
}
