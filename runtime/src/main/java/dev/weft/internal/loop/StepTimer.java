package dev.weft.internal.loop;

import dev.weft.internal.report.Log;

/** Logs each step of a loop in debug mode that takes longer than 100 ms. Loop's thread only. */
public final class StepTimer {
    private static final long LIMIT_NANOS = 100_000_000;

    /** The time that nested runs have taken inside the current step. */
    private long pumped;

    void take(Turn turn) {
        long outerPumped = pumped;
        pumped = 0;
        long start = System.nanoTime();
        try {
            turn.take();
        } finally {
            long nanos = System.nanoTime() - start - pumped;
            pumped = outerPumped;
            if (nanos > LIMIT_NANOS) {
                Log.warning(
                        "a step of "
                                + turn
                                + " took "
                                + nanos / 1_000_000
                                + " ms; nothing else ran meanwhile");
            }
        }
    }

    /** Excludes a nested run that began at {@code began}: other turns ran meanwhile. */
    void pumped(long began) {
        pumped += System.nanoTime() - began;
    }
}
