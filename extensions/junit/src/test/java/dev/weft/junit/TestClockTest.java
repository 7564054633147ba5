package dev.weft.junit;

import static dev.weft.Weft.await;
import static dev.weft.Weft.blocking;
import static dev.weft.Weft.sleep;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofNanos;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Runner;
import dev.weft.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** {@link TestClock}. */
@WeftTest
class TestClockTest {
    private final List<String> log = new ArrayList<>();

    @Test
    void advanceRunsWhatIsDueAndNothingElse(EventLoop loop, TestClock clock) {
        loop.callLater(ofSeconds(1), () -> log.add("1"));
        loop.callLater(ofSeconds(2), () -> log.add("2"));
        loop.callLater(ofSeconds(2).plusNanos(1), () -> log.add("later"));

        clock.advance(ofSeconds(2));

        assertThat(log).containsExactly("1", "2");
        assertThat(clock.elapsed()).isEqualTo(ofSeconds(2));
        clock.advance(ofNanos(1));
        assertThat(log).endsWith("later");
    }

    @Test
    void whatATimerAtTheEndStartsHasHappenedToo(EventLoop loop, TestClock clock) {
        loop.callLater(
                ofSeconds(1),
                () -> loop.callSoon(() -> loop.callLater(ZERO, () -> log.add("at the same time"))));

        clock.advance(ofSeconds(1));

        assertThat(log).containsExactly("at the same time");
        assertThat(clock.elapsed()).isEqualTo(ofSeconds(1));
    }

    @Test
    void aTaskGoesOnWhereItWas(Runner runner, TestClock clock) {
        Task<Void> task = runner.run(() -> Coroutine.of(Task.create(() -> ticks())));
        clock.advance(ofSeconds(25));
        assertThat(log).containsExactly("tick", "tick");

        clock.advance(ofDays(1));
        assertThat(log).hasSize(3);
        assertThat(task.done()).isTrue();
    }

    @Async
    private Coroutine<Void> ticks() {
        for (int i = 0; i < 3; i++) {
            await(sleep(ofSeconds(10)));
            log.add("tick");
        }
        return Coroutine.done();
    }

    @Test
    void runUntilIdleTakesNoTime(EventLoop loop, TestClock clock) {
        loop.callLater(ofHours(1), () -> log.add("in an hour"));
        loop.callSoon(() -> log.add("soon"));

        clock.runUntilIdle();

        assertThat(log).containsExactly("soon");
        assertThat(clock.now()).isZero();
        clock.advance(ofHours(1));
    }

    @Test
    void outsideWorkIsWaitedFor(Runner runner, TestClock clock) {
        Callable<Boolean> work = () -> log.add("outside");
        Task<Void> task =
                runner.run(
                        () ->
                                Coroutine.of(
                                        Task.create(
                                                () -> {
                                                    await(blocking(work));
                                                    return Coroutine.done();
                                                })));

        clock.advance(ZERO);

        assertThat(log).containsExactly("outside");
        assertThat(task.done()).isTrue();
    }

    @Test
    void theTimeIsThatOfTheLoop(Runner runner, EventLoop loop, TestClock clock) {
        runner.run(sleep(ofSeconds(3)));
        clock.advance(ofSeconds(4));
        assertThat(clock.now()).isEqualTo(loop.time()).isEqualTo(7_000_000_000L);
        assertThat(clock.elapsed()).isEqualTo(ofSeconds(7));
    }
}
