package dev.weft.spec.fuzz;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Coroutine;
import dev.weft.Runner;
import dev.weft.Task;
import dev.weft.Unhandled;
import dev.weft.junit.VirtualTime;
import java.util.concurrent.TimeoutException;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Random trees of tasks in groups, gathers and timeouts that use locks and queues, fail, swallow
 * cancellations and cancel each other. Afterwards no task, permit, lock or item may be left. The
 * system properties of {@link SchedulerFuzzTest} apply.
 */
class ChaosFuzzTest {
    @Test
    @Timeout(3600)
    void randomTreesOfTasksLeaveNothingBehind() {
        checkAll(seed -> UnaryOperator.identity());
    }

    @Test
    @Timeout(3600)
    void randomTreesOfTasksLeaveNothingBehindInAnyOrder() {
        checkAll(seed -> runner -> runner.shuffled(seed));
    }

    private static void checkAll(LongFunction<UnaryOperator<Runner>> settings) {
        long first = Long.getLong("weft.fuzz.seed", 0);
        for (long seed = first; seed < first + Long.getLong("weft.fuzz.programs", 1000); seed++) {
            try {
                check(seed, settings.apply(seed));
            } catch (RuntimeException | Error e) {
                throw new AssertionError(
                        "-Dweft.fuzz.seed=" + seed + " -Dweft.fuzz.programs=1: " + e, e);
            }
        }
    }

    private static void check(long seed, UnaryOperator<Runner> settings) {
        VirtualTime.Recorder program = VirtualTime.recorder(settings);
        program.run(
                () -> {
                    Chaos chaos = new Chaos();
                    Task.create(() -> chaos.node(seed, 4));
                    while (Task.all().size() > 1) {
                        await(sleep(ofSeconds(1)));
                    }
                    chaos.assertNothingIsLeftBehind();
                    return Coroutine.done();
                });
        assertThat(program.reports())
                .extracting(Unhandled::exception)
                .allMatch(
                        exception ->
                                exception instanceof Chaos.Trouble
                                        || exception instanceof TimeoutException);
    }
}
