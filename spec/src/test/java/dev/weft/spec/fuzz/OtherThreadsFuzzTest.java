package dev.weft.spec.fuzz;

import dev.weft.spec.support.Logs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Threads that hand in work, complete promises, cancel futures and interrupt the loop at any
 * moment, and a runner that is closed at any moment: accepted work runs, every future ends, and
 * every failure is reported once or seen. The operations are random by seed; their interleaving is
 * not.
 */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OtherThreadsFuzzTest {
    @Test
    void workOfOtherThreadsIsNotLost() throws Exception {
        check(false, false);
    }

    @Test
    void workOfOtherThreadsIsNotLostIfTheLoopIsInterrupted() throws Exception {
        check(true, false);
    }

    @Test
    void failuresInCleanUpsAndFuturesOfPromisesAreNotLost() throws Exception {
        check(false, true);
    }

    private static void check(boolean interrupts, boolean failsInCleanUps) throws Exception {
        long first = Long.getLong("weft.fuzz.seed", 0);
        try (Logs silent = new Logs()) {
            silent.flush();
            for (long seed = first;
                    seed < first + Long.getLong("weft.fuzz.programs", 150);
                    seed++) {
                try {
                    new OtherThreads(seed, interrupts, failsInCleanUps).check();
                } catch (RuntimeException | Error e) {
                    throw new AssertionError("-Dweft.fuzz.seed=" + seed, e);
                }
            }
        }
    }
}
