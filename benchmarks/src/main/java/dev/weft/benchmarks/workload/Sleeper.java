package dev.weft.benchmarks.workload;

/** Something that can sleep many times at once. */
public interface Sleeper {
    /**
     * W7: for each index of the log at the same time: calls {@link SleepLog#begins}, sleeps for
     * what that returns, and calls {@link SleepLog#woke}. Returns when all have woken.
     */
    default void sleeps(SleepLog log) throws Exception {
        throw new UnsupportedOperationException("this peer has no W7");
    }
}
