package dev.weft.spec.fuzz;

import dev.weft.junit.VirtualTime;
import dev.weft.spec.support.Logs;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Random programs whose user code misbehaves. Every program ends, every body that starts ends,
 * every failure is reported exactly once or looked at, and callbacks keep their order. One seed
 * gives one program. The system properties of {@link SchedulerFuzzTest} apply.
 */
@Timeout(300)
class HostileFuzzTest {
    @Test
    void programsWithoutMisbehavingCodeKeepTheRules() {
        checkAll(EnumSet.noneOf(Mischief.class));
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.INCLUDE,
            names = {"HANDLERS"})
    void programsWithOneKindOfMisbehavingCodeKeepTheRules(Mischief kind) {
        checkAll(EnumSet.of(kind));
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"HANDLERS"})
    void programsWithOneOtherKindOfMisbehavingCodeKeepTheRules(Mischief kind) {
        checkAll(EnumSet.of(kind));
    }

    @Test
    void programsWithAllKindsOfMisbehavingCodeKeepTheRules() {
        checkAll(EnumSet.allOf(Mischief.class));
    }

    private static void checkAll(Set<Mischief> kinds) {
        long first = Long.getLong("weft.fuzz.seed", 0);
        try (Logs silent = new Logs()) {
            silent.flush();
            for (long seed = first;
                    seed < first + Long.getLong("weft.fuzz.programs", 500);
                    seed++) {
                try {
                    check(new HostileProgram(seed, kinds));
                } catch (RuntimeException | Error e) {
                    // An exception of the program may misbehave when it is printed.
                    Throwable printable = e instanceof AssertionError ? e : null;
                    String text = "-Dweft.fuzz.seed=%d -Dweft.fuzz.programs=1 %s: %s";
                    throw new AssertionError(text.formatted(seed, kinds, e.getClass()), printable);
                }
            }
        }
    }

    private static void check(HostileProgram program) {
        VirtualTime.run(runner -> runner.exceptionHandler(program::handle), () -> program.main());
        program.ledger().assertBalanced();
    }
}
