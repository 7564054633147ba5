package dev.weft.spec.order;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static dev.weft.spec.support.Awaits.thrownBy;
import static java.time.Duration.ofNanos;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Task;
import dev.weft.Weft;
import dev.weft.junit.VirtualTime;
import dev.weft.spec.support.Steps;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rule 6: sleeps of zero and less, and sleeps that never end. */
class Rule06ShortAndEndlessSleepsTest {
    private static final Duration LONGEST = ofSeconds(Long.MAX_VALUE, 999_999_999);

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void sleepOfZeroOrLessIsOneIteration(long nanos) {
        assertTakesOneIteration(() -> sleep(ofNanos(nanos)));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void sleepOfZeroOrLessWithAResultIsOneIteration(long nanos) {
        assertTakesOneIteration(() -> sleep(ofNanos(nanos), "result"));
    }

    @Test
    void sleepOfTheSmallestDurationIsOneIteration() {
        assertTakesOneIteration(() -> sleep(ofSeconds(Long.MIN_VALUE)));
    }

    @Test
    void sleepOfZeroSetsNoTimerAndIsNotOrderedAmongTimers() {
        Steps steps = new Steps();
        VirtualTime.run(
                () -> {
                    EventLoop.current().callLater(Duration.ZERO, () -> steps.expect(3));
                    steps.expect(1);
                    await(sleep(Duration.ZERO));
                    steps.expect(2);
                    await(sleep(Duration.ZERO));
                    steps.expect(4);
                    return Coroutine.done();
                });
        steps.assertFinished(4);
    }

    @Test
    void aSleepReturnsItsResultWhichMayBeNull() {
        VirtualTime.run(
                () -> {
                    assertThat(await(sleep(Duration.ZERO, "result"))).isEqualTo("result");
                    assertThat(await(sleep(ofSeconds(1), "result"))).isEqualTo("result");
                    assertThat(await(Weft.<String>sleep(Duration.ZERO, null))).isNull();
                    assertThat(await(Weft.<String>sleep(ofSeconds(1), null))).isNull();
                    return Coroutine.done();
                });
    }

    @Test
    void aDelayTooLargeForNanosecondsInALongNeverEndsAndIsNoError() {
        VirtualTime.run(
                () -> {
                    Task<Void> sleeper = Task.create(sleep(LONGEST));
                    Task<Integer> withResult =
                            Task.create(sleep(ofSeconds(Long.MAX_VALUE / 1_000_000_000 + 1), 1));
                    boolean[] called = {false};
                    EventLoop.current().callLater(LONGEST, () -> called[0] = true);
                    await(sleep(Duration.ofDays(365 * 290)));
                    assertThat(sleeper.done() || withResult.done() || called[0]).isFalse();
                    return Coroutine.done();
                });
    }

    @Test
    void virtualTimeDoesNotJumpToTheEndOfAnEndlessSleep() {
        assertThatThrownBy(() -> VirtualTime.run(() -> sleep(LONGEST)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void anEndlessSleepCanBeCancelled() {
        VirtualTime.run(
                () -> {
                    Task<Void> sleeper = Task.create(sleep(LONGEST));
                    await(sleep(ofSeconds(1)));
                    assertThat(sleeper.cancel("enough")).isTrue();
                    assertThat(await(thrownBy(sleeper)))
                            .isInstanceOf(CancelledError.class)
                            .hasMessage("enough");
                    return Coroutine.done();
                });
    }

    @Test
    void aDeadlineThatOverflowsNeverComesAndALimitThatOverflowsNeverExpires() {
        VirtualTime.run(
                () -> {
                    await(sleep(Duration.ofDays(365 * 200)));
                    Task<Void> sleeper = Task.create(sleep(Duration.ofDays(365 * 200)));
                    String value = await(Weft.timeout(LONGEST, sleep(ofSeconds(5), "in time")));
                    assertThat(value).isEqualTo("in time");
                    await(sleep(ofSeconds(1)));
                    assertThat(sleeper.done()).isFalse();
                    return Coroutine.done();
                });
    }

    private static void assertTakesOneIteration(Supplier<Coroutine<?>> nap) {
        Steps steps = new Steps();
        VirtualTime.run(
                () -> {
                    EventLoop loop = EventLoop.current();
                    loop.callSoon(
                            () -> {
                                steps.expect(2);
                                loop.callSoon(() -> steps.expect(4));
                            });
                    steps.expect(1);
                    await(nap.get());
                    steps.expect(3);
                    await(sleep(Duration.ZERO));
                    steps.expect(5);
                    assertThat(loop.time()).isZero();
                    return Coroutine.done();
                });
        steps.assertFinished(5);
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE / 1_000_000_000 * 1_000_000_000, Long.MAX_VALUE - 1})
    void aSleepThatALongCanHoldEnds(long nanos) {
        VirtualTime.run(
                () -> {
                    await(sleep(ofNanos(nanos)));
                    assertThat(EventLoop.current().time()).isEqualTo(nanos);
                    return Coroutine.done();
                });
    }
}
