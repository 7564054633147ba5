package dev.weft.spec.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Weft;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Random programs whose events must equal those of a model of the rules, in the same order and at
 * the same time. {@code -Dweft.fuzz.programs=100000} runs more programs, {@code
 * -Dweft.fuzz.seed=...} starts with another seed. A failure names its seed.
 */
class SchedulerFuzzTest {
    @Test
    void everyProgramBehavesLikeTheModel() {
        long first = Long.getLong("weft.fuzz.seed", 0);
        for (long seed = first; seed < first + Long.getLong("weft.fuzz.programs", 1000); seed++) {
            Program program = Program.random(seed);
            assertThat(ProgramRun.logOf(program))
                    .as("-Dweft.fuzz.seed=%d -Dweft.fuzz.programs=1: %s", seed, program)
                    .isEqualTo(SchedulerModel.logOf(program));
        }
    }

    @Test
    void everyBodyThatStartsEndsOnceInAnyOrder() {
        long first = Long.getLong("weft.fuzz.seed", 0);
        for (long seed = first; seed < first + Long.getLong("weft.fuzz.programs", 1000); seed++) {
            Program program = Program.random(seed);
            List<String> log = ProgramRun.logOf(program, Weft.runner().shuffled(seed));
            String what = "-Dweft.fuzz.seed=" + seed + " -Dweft.fuzz.programs=1: " + program;
            assertThat(log).as(what).noneMatch(line -> line.endsWith(" is PENDING"));
            assertThat(endsIn(log))
                    .as(what + String.join("\n", log))
                    .doesNotHaveDuplicates()
                    .containsAll(beginningsIn(log));
            assertThat(ProgramRun.logOf(program, Weft.runner().shuffled(seed)))
                    .as(what)
                    .isEqualTo(log);
        }
    }

    /** Returns the numbers of the tasks in lines such as "3 s: 2 ends". */
    private static List<String> endsIn(List<String> log) {
        return log.stream()
                .filter(line -> line.matches("\\d+ s: \\d+ ends"))
                .map(line -> who(line))
                .toList();
    }

    private static Set<String> beginningsIn(List<String> log) {
        return log.stream()
                .filter(line -> line.contains(" s: "))
                .map(line -> who(line))
                .collect(Collectors.toSet());
    }

    private static String who(String line) {
        return line.replaceFirst(".* s: (\\d+) .*", "$1");
    }
}
