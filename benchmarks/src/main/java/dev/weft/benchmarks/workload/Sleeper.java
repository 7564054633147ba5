package dev.weft.benchmarks.workload;

/** A peer with many sleeps at once. */
public interface Sleeper {
    /**
     * W7: for each index of the log at the same time: calls {@link SleepLog#begins}, sleeps for the
     * returned time, and calls {@link SleepLog#woke}. Returns when all sleepers have woken.
     */
    default void sleeps(SleepLog log) throws Exception {
        throw new UnsupportedOperationException("this peer has no W7");
    }
}
