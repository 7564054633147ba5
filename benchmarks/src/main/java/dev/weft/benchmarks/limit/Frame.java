package dev.weft.benchmarks.limit;

/**
 * One suspended call. Made only when a call suspends, innermost first, each linked to its caller;
 * so a call that does not suspend is a plain Java call.
 */
abstract class Frame {
    Frame caller;
    int state;

    /**
     * Goes on: the result, or {@link Task#SUSPENDED} after {@code task} was told what to resume
     * next.
     */
    abstract Object step(Task task, Object value);
}
