package dev.weft.spec.ending;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Runner;
import dev.weft.Weft;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rules 7, 28 and 30: the settings of a runner. */
@Timeout(30)
class RunnerSettingsTest {
    @SuppressWarnings("ImmutableEnumChecker") // the lambdas have no state
    private enum Setting {
        DEBUG(runner -> runner.debug(true)),
        VIRTUAL_TIME(runner -> runner.virtualTime()),
        EXECUTOR(runner -> runner.executor(ForkJoinPool.commonPool())),
        TIMER_SLACK(runner -> runner.timerSlack(ofMillis(1))),
        SHUFFLED(runner -> runner.shuffled(1));

        private final Consumer<Runner> set;

        Setting(Consumer<Runner> set) {
            this.set = set;
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSettingAfterTheLoopWasCreatedIsRefused(Setting setting) {
        try (Runner runner = Weft.runner()) {
            runner.run(Coroutine.done());
            assertThatThrownBy(() -> setting.set.accept(runner))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageEndingWith("must be called before loop() and run(...)");
        }
    }

    @Test
    void aNegativeTimerSlackIsRefusedWithItsValue() {
        assertThatThrownBy(() -> Weft.runner().timerSlack(ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("slack < 0: PT-1S");
    }

    @Test
    void timerSlackMakesNoTimerEarlyAndChangesNoOrder() {
        List<String> order = new ArrayList<>();
        try (Runner runner = Weft.runner().timerSlack(ZERO)) {
            EventLoop loop = runner.loop();
            long begin = loop.time();
            loop.callAt(begin + 2_000_000, () -> order.add("second"));
            loop.callAt(begin + 1_000_000, () -> order.add("first"));
            runner.run(sleep(ofMillis(3)));
            assertThat(loop.time() - begin).isGreaterThanOrEqualTo(3_000_000);
        }
        assertThat(order).containsExactly("first", "second");
    }

    @Test
    void theExceptionHandlerMayBeChangedBetweenTheRuns() {
        List<String> first = new ArrayList<>();
        List<String> second = new ArrayList<>();
        try (Runner runner = Weft.runner().virtualTime()) {
            for (List<String> log : List.of(first, second)) {
                runner.exceptionHandler(report -> log.add(report.message()));
                runner.run(
                        () -> {
                            EventLoop.current().callSoon(() -> Integer.parseInt("one"));
                            await(sleep(ofDays(1)));
                            return Coroutine.done();
                        });
            }
        }
        assertThat(first).isEqualTo(second).containsExactly("a callback failed");
    }
}
