package dev.weft.instrument.random;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.weft.instrument.support.Toolchain;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Generated programs behave as if {@code await} were a blocking call.
 *
 * <p>{@code -Dweft.random.programs=20000} runs that many, {@code -Dweft.random.seed=5} begins with
 * program 5: with one program, a failure is run again. A failure prints the program, made smaller.
 */
class RandomProgramsTest {
    private static final int PROGRAMS = Integer.getInteger("weft.random.programs", 200);
    private static final long FIRST = Long.getLong("weft.random.seed", 1);
    private static final int TOGETHER = 50;

    @TestFactory
    Stream<DynamicTest> behaveAsIfAwaitWereABlockingCall() {
        List<Toolchain> toolchains = Toolchain.available();
        return LongStream.iterate(FIRST, from -> from < FIRST + PROGRAMS, from -> from + TOGETHER)
                .mapToObj(
                        from -> {
                            long to = Math.min(from + TOGETHER, FIRST + PROGRAMS);
                            int turn = (int) (from / TOGETHER % toolchains.size());
                            return dynamicTest(
                                    "programs " + from + " to " + (to - 1),
                                    () -> new Trial(toolchains.get(turn)).run(from, to));
                        });
    }
}
