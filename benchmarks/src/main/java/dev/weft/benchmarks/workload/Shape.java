package dev.weft.benchmarks.workload;

import java.util.Random;

/** The sizes and values that all peers share. */
public final class Shape {
    /**
     * A flag that is never true. A JIT compiler must assume that a coroutine that tests the flag
     * can suspend.
     */
    public static volatile boolean suspend;

    /** An hour in nanoseconds: longer than any benchmark. */
    public static final long HOUR = 3_600_000_000_000L;

    /** The number of live timers in W7c's window. */
    public static final int WINDOW = 1_000;

    private Shape() {}

    /** Returns whether the x-th await of W1b suspends: one in 1,024. */
    public static boolean rarely(int x) {
        return (x & 1_023) == 1_023;
    }

    /**
     * Sixteen strings. Parked tasks share them, so that the referenced objects cost no memory per
     * task.
     */
    public static String[] strings() {
        String[] strings = new String[16];
        for (int i = 0; i < strings.length; i++) {
            strings[i] = "s" + i;
        }
        return strings;
    }

    /**
     * Returns delays that are uniform from {@code base} to {@code base + span} nanoseconds, the
     * same in every run.
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
