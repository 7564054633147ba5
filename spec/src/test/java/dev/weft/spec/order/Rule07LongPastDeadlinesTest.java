package dev.weft.spec.order;

import static dev.weft.Weft.await;
import static dev.weft.Weft.waitUntil;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Promise;
import dev.weft.ReturnWhen;
import dev.weft.Weft;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rule 7 in real time: a deadline in the distant past is due at once. */
@Timeout(10)
class Rule07LongPastDeadlinesTest {
    @Test
    void callAtTheSmallestTimeRunsAtOnce() {
        assertRunsAtOnce(
                promise -> EventLoop.current().callAt(Long.MIN_VALUE, () -> promise.complete(1)));
    }

    @Test
    void callLaterWithTheSmallestDelayRunsAtOnce() {
        assertRunsAtOnce(
                promise ->
                        EventLoop.current()
                                .callLater(ofSeconds(Long.MIN_VALUE), () -> promise.complete(1)));
    }

    @Test
    void callAtAnHourAgoRunsAtOnce() {
        assertRunsAtOnce(
                promise -> {
                    EventLoop loop = EventLoop.current();
                    loop.callAt(
                            loop.time() - Duration.ofHours(1).toNanos(), () -> promise.complete(1));
                });
    }

    @Test
    void waitUntilWithALimitFarInThePastReturnsAtOnce() {
        Duration limit = Duration.between(Instant.now(), Instant.MIN);
        Weft.run(
                () -> {
                    Promise<Integer> pending = new Promise<>();
                    assertThat(
                                    await(
                                                    waitUntil(
                                                            ReturnWhen.ALL_COMPLETED,
                                                            limit,
                                                            List.of(pending)))
                                            .pending())
                            .containsExactly(pending);
                    return Coroutine.done();
                });
    }

    @Test
    void aDeadlineInTheDistantPastComesBeforeOneInTheFuture() {
        Weft.run(
                () -> {
                    EventLoop loop = EventLoop.current();
                    Promise<String> first = new Promise<>();
                    loop.callLater(ofMillis(1), () -> first.complete("future"));
                    loop.callAt(Long.MIN_VALUE, () -> first.complete("past"));
                    assertThat(await(first)).isEqualTo("past");
                    return Coroutine.done();
                });
    }

    private static void assertRunsAtOnce(Consumer<Promise<Integer>> schedule) {
        Weft.run(
                () -> {
                    Promise<Integer> called = new Promise<>();
                    schedule.accept(called);
                    assertThat(await(called)).isEqualTo(1);
                    return Coroutine.done();
                });
    }
}
