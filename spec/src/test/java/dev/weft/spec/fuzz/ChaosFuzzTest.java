package dev.weft.spec.fuzz;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Coroutine;
import dev.weft.Runner;
import dev.weft.Task;
import dev.weft.Unhandled;
import dev.weft.Weft;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Random trees of tasks in groups, gathers and timeouts, which lock, queue, fail, swallow and
 * cancel one another: whatever happens in them, nothing may be left behind. The properties are
 * those of {@link SchedulerFuzzTest}.
 */
class ChaosFuzzTest {
    @Test
    @Timeout(3600)
    void whateverHappensNothingIsLeftBehind() {
        checkAll(seed -> Weft.runner());
    }

    @Test
    @Timeout(3600)
    void inWhateverOrderItHappensNothingIsLeftBehind() {
        checkAll(seed -> Weft.runner().shuffled(seed));
    }

    private static void checkAll(LongFunction<Runner> runners) {
        long first = Long.getLong("weft.fuzz.seed", 0);
        for (long seed = first; seed < first + Long.getLong("weft.fuzz.programs", 1000); seed++) {
            try {
                check(seed, runners.apply(seed));
            } catch (RuntimeException | Error e) {
                throw new AssertionError(
                        "-Dweft.fuzz.seed=" + seed + " -Dweft.fuzz.programs=1: " + e, e);
            }
        }
    }

    private static void check(long seed, Runner fresh) {
        List<Unhandled> reports = new ArrayList<>();
        try (Runner runner = fresh.virtualTime().exceptionHandler(reports::add)) {
            Chaos chaos =
                    runner.run(
                            () -> {
                                Chaos made = new Chaos();
                                Task.create(() -> made.node(seed, 4));
                                while (Task.all().size() > 1) {
                                    await(sleep(ofSeconds(1)));
                                }
                                return Coroutine.of(made);
                            });
            chaos.assertNothingIsLeftBehind();
        }
        assertThat(reports)
                .extracting(Unhandled::exception)
                .allMatch(
                        exception ->
                                exception instanceof Chaos.Trouble
                                        || exception instanceof TimeoutException);
    }
}
