package dev.weft.benchmarks.workload;

/** W7c: a set of timers that is large while timers come and go. Delays are in nanoseconds. */
public interface TimerQueue {
    /** Adds timers that neither fire nor are cancelled during the measurement. */
    void fill(long[] delays) throws Exception;

    /** Adds and at once cancels a timer per delay. */
    void addAndCancel(long[] delays) throws Exception;

    /**
     * Adds a timer per delay and cancels the timer that was added 1,000 before, as with timeouts of
     * requests.
     */
    default void window(long[] delays) throws Exception {
        throw new UnsupportedOperationException("this peer has no W7c window");
    }
}
