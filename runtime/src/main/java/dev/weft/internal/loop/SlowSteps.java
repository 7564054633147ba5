package dev.weft.internal.loop;

import dev.weft.internal.report.Log;
import dev.weft.observe.LoopObserver;
import dev.weft.observe.Step;

/** Logs each step of a loop in debug mode that takes longer than 100 ms. */
public final class SlowSteps implements LoopObserver {
    private static final long LIMIT_NANOS = 100_000_000;

    private SlowSteps() {}

    /** Begins to log the slow steps of {@code loop}. */
    public static void watch(Loop loop) {
        Observation.Hearing unused = loop.observe(new SlowSteps());
    }

    @Override
    public void stepEnds(Step step) {
        long nanos = step.ended() - step.began() - step.nested();
        if (nanos > LIMIT_NANOS) {
            Log.warning(
                    "a step of "
                            + step.label()
                            + " took "
                            + nanos / 1_000_000
                            + " ms; nothing else ran meanwhile");
        }
    }
}
