package dev.weft.benchmarks.workload;

import java.util.Random;

/** What the workloads of all peers have in common. */
public final class Shape {
    /** Never true: a coroutine that tests it could suspend, for all that a JIT compiler knows. */
    public static volatile boolean suspend;

    /** An hour in nanoseconds: longer than any benchmark. */
    public static final long HOUR = 3_600_000_000_000L;

    /** How many timers are alive in W7c's window. */
    public static final int WINDOW = 1_000;

    private Shape() {}

    /** Whether the x-th await of W1b suspends: one in 1,024. */
    public static boolean rarely(int x) {
        return (x & 1_023) == 1_023;
    }

    /**
     * Sixteen strings, so that what a parked task refers to is shared and costs nothing by itself.
     */
    public static String[] strings() {
        String[] strings = new String[16];
        for (int i = 0; i < strings.length; i++) {
            strings[i] = "s" + i;
        }
        return strings;
    }

    /**
     * Delays that are uniform from {@code base} to {@code base + span} nanoseconds, the same in
     * every run.
     */
    public static long[] delays(int n, long base, long span) {
        Random random = new Random(20_260_101);
        long[] delays = new long[n];
        for (int i = 0; i < n; i++) {
            delays[i] = base + (long) (random.nextDouble() * span);
        }
        return delays;
    }
}
