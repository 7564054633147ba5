package dev.weft.spec.poller;

import static dev.weft.Weft.sleep;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Runner;
import dev.weft.Weft;
import dev.weft.io.Poller;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The poller that a runner gives to its loop. */
@Timeout(20)
class PollerOfARunnerTest {
    @Test
    void theFactoryOfARunnerIsCalledWhenTheLoopIsCreated() {
        List<TestPoller> made = new ArrayList<>();
        try (Runner runner = Weft.runner().poller(loop -> noted(made))) {
            assertThat(made).isEmpty();
            EventLoop loop = runner.loop();
            assertThat(made).hasSize(1);
            runner.run(() -> sleep(ofMillis(30)));
            runner.run(() -> sleep(ofMillis(30)));
            assertThat(made).hasSize(1);
            assertThat(made.get(0).waits()).isGreaterThanOrEqualTo(2);
            assertThat(loop.poller(Poller.class, face -> null)).isSameAs(made.get(0));
            assertThatThrownBy(() -> runner.poller(face -> new TestPoller()))
                    .isInstanceOf(IllegalStateException.class);
        }
        assertThat(made.get(0).log).hasSize(1);
        assertThatThrownBy(() -> Weft.runner().poller(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("factory");
    }

    private static TestPoller noted(List<TestPoller> made) {
        made.add(new TestPoller());
        return made.get(made.size() - 1);
    }

    @Test
    void aFactoryThatFailsInARunnerFailsEachUseButNotTheClose() {
        try (Runner runner =
                Weft.runner()
                        .poller(
                                loop -> {
                                    throw new IllegalArgumentException("no poller");
                                })) {
            assertThatThrownBy(runner::loop).hasMessage("no poller");
            assertThatThrownBy(() -> runner.run(() -> Coroutine.done())).hasMessage("no poller");
        }
    }

    @Test
    void aRunnerThatIsClosedUnusedMakesNoPoller() {
        List<TestPoller> made = new ArrayList<>();
        Weft.runner().poller(loop -> noted(made)).close();
        assertThat(made).isEmpty();
    }
}
