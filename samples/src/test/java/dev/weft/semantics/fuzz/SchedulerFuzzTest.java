package dev.weft.semantics.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * Random programs, whose every event must be what a simple model of the rules says, in the same
 * order and at the same time. {@code -Dweft.fuzz.programs=100000} runs more of them, {@code
 * -Dweft.fuzz.seed=...} begins elsewhere: a failure names its seed.
 */
class SchedulerFuzzTest {
    @Test
    void everyProgramDoesWhatTheModelSays() {
        long first = Long.getLong("weft.fuzz.seed", 0);
        for (long seed = first; seed < first + Long.getLong("weft.fuzz.programs", 1000); seed++) {
            Program program = Program.random(seed);
            assertThat(ProgramRun.logOf(program))
                    .as("-Dweft.fuzz.seed=%d -Dweft.fuzz.programs=1: %s", seed, program)
                    .isEqualTo(SchedulerModel.logOf(program));
        }
    }
}
