package dev.weft.benchmarks.workload;

import java.util.Arrays;

/**
 * The expected and the actual ends of sleeps. Each index belongs to a single sleeper, so any thread
 * may write.
 */
public final class SleepLog {
    private static final long SECOND = 1_000_000_000L;

    private final long[] delays;
    private final long[] due;
    private final long[] late;

    public SleepLog(long[] delays) {
        this.delays = delays;
        this.due = new long[delays.length];
        this.late = new long[delays.length];
    }

    public int size() {
        return delays.length;
    }

    /** Records that sleeper {@code i} is about to sleep. Returns the nanoseconds. */
    public long begins(int i) {
        due[i] = System.nanoTime() + delays[i];
        return delays[i];
    }

    /** Records that sleeper {@code i} is awake. */
    public void woke(int i) {
        late[i] = System.nanoTime() - due[i];
    }

    /**
     * Returns the lateness in nanoseconds, ascending, of the sleeps that were due at least a second
     * after the last sleeper began. Before that time the loop still starts tasks, which delays the
     * sleeps.
     */
    public long[] steady() {
        long lastStart = Long.MIN_VALUE;
        for (int i = 0; i < delays.length; i++) {
            lastStart = Math.max(lastStart, due[i] - delays[i]);
        }
        long[] steady = new long[delays.length];
        int n = 0;
        for (int i = 0; i < delays.length; i++) {
            if (due[i] - lastStart >= SECOND) {
                steady[n++] = late[i];
            }
        }
        long[] sorted = Arrays.copyOf(steady, n);
        Arrays.sort(sorted);
        return sorted;
    }
}
