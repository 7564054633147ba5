package dev.weft.spec.resilience;

import static dev.weft.Weft.await;
import static dev.weft.Weft.race;
import static dev.weft.Weft.sleep;
import static dev.weft.spec.support.Awaits.thrownBy;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofNanos;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.AsyncCallable;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.junit.VirtualTime;
import dev.weft.resilience.Backoff;
import dev.weft.resilience.Hedge;
import dev.weft.resilience.RateLimiter;
import dev.weft.resilience.Retry;
import dev.weft.spec.support.Growth;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A million attempts, and a hundred thousand bodies and waiters. */
@Tag("slow")
@Timeout(120)
class ResilienceScaleTest {
    private static final int MILLION = 1_000_000;

    /** An exception without a trace, because a million traces take a minute. */
    private static final class CheapException extends Exception {
        private static final long serialVersionUID = 1;

        CheapException(int number) {
            super("" + number, null, true, false);
        }
    }

    private int attempts;

    @ParameterizedTest
    @ValueSource(longs = {0, 1})
    void aMillionAttemptsNeedNeitherStackNorMemory(long pause) {
        VirtualTime.run(
                () -> {
                    Coroutine<String> retried =
                            Retry.of(
                                    MILLION,
                                    Backoff.constant(ofNanos(pause)),
                                    failure -> true,
                                    () -> {
                                        throw new CheapException(++attempts);
                                    });
                    Throwable thrown = await(thrownBy(retried));
                    assertThat(thrown).hasMessage("1000000");
                    assertThat(thrown.getSuppressed()).hasSize(1_000);
                    assertThat(thrown.getSuppressed()[0]).hasMessage("999000");
                    assertThat(thrown.getSuppressed()[999]).hasMessage("999999");
                    return Coroutine.done();
                });
        assertThat(attempts).isEqualTo(MILLION);
    }

    @Test
    void aRaceWithAWinnerTakesLinearTime() {
        Growth.assertLinear(
                10_000,
                size ->
                        timeOf(
                                size,
                                number ->
                                        number == size
                                                ? sleep(ofMillis(1), number)
                                                : sleep(ofDays(1), number)));
    }

    @Test
    void aRaceThatAllLoseTakesLinearTime() {
        Growth.assertLinear(
                10_000,
                size -> timeOf(size, number -> Coroutine.failed(new CheapException(number))));
    }

    @Test
    void aCancelledRaceTakesLinearTime() {
        Growth.assertLinear(
                10_000,
                size -> {
                    long began = cpuTime();
                    VirtualTime.run(
                            () -> {
                                Task<Integer> call =
                                        Task.create(bodies(size, number -> sleep(ofDays(1), 0)));
                                await(sleep(ofMillis(1)));
                                call.cancel();
                                assertThat(await(thrownBy(call)))
                                        .isInstanceOf(CancelledError.class);
                                return Coroutine.done();
                            });
                    return Duration.ofNanos(cpuTime() - began);
                });
    }

    /** Returns the time that this thread has computed, without that of other programs. */
    private static long cpuTime() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private interface Body {
        Coroutine<Integer> of(int number);
    }

    private static Duration timeOf(int size, Body body) {
        long began = cpuTime();
        VirtualTime.run(
                () -> {
                    await(thrownBy(bodies(size, body)));
                    assertThat(Task.all()).hasSize(1);
                    return Coroutine.done();
                });
        return Duration.ofNanos(cpuTime() - began);
    }

    private static Coroutine<Integer> bodies(int size, Body body) {
        int[] calls = {0};
        @SuppressWarnings("unchecked")
        AsyncCallable<Integer>[] bodies = (AsyncCallable<Integer>[]) new AsyncCallable<?>[size];
        AsyncCallable<Integer> each = () -> body.of(++calls[0]);
        Arrays.fill(bodies, each);
        return race(bodies);
    }

    @Test
    void aHedgedCallWithManyAttemptsTakesLinearTime() {
        Growth.assertLinear(
                10_000,
                size -> {
                    int[] calls = {0};
                    long began = cpuTime();
                    VirtualTime.run(
                            () -> {
                                Coroutine<String> hedged =
                                        Hedge.of(
                                                ofMillis(1),
                                                size,
                                                () ->
                                                        ++calls[0] == size
                                                                ? Coroutine.of("last")
                                                                : sleep(ofDays(1), "slow"));
                                assertThat(await(hedged)).isEqualTo("last");
                                return Coroutine.done();
                            });
                    return Duration.ofNanos(cpuTime() - began);
                });
    }

    @Test
    void aHundredThousandAttemptsThatFailAtOnceNeedNoStack() {
        Throwable thrown =
                VirtualTime.failureOf(
                        () ->
                                Hedge.of(
                                        ofMillis(1),
                                        100_000,
                                        () -> Coroutine.failed(new CheapException(++attempts))));
        assertThat(thrown).hasMessage("1");
        assertThat(thrown.getSuppressed()).hasSize(99_999);
    }

    @Test
    void manyWaitersOfALimiterTakeLinearTime() {
        Growth.assertLinear(
                10_000,
                size -> {
                    long began = cpuTime();
                    VirtualTime.run(
                            () -> {
                                RateLimiter limiter = new RateLimiter(1, ofMillis(1));
                                List<Task<Void>> waiting = new ArrayList<>();
                                for (int i = 0; i < size; i++) {
                                    waiting.add(Task.create(limiter.acquire()));
                                }
                                await(sleep(ZERO));
                                for (int i = 0; i < size; i += 2) {
                                    waiting.get(i).cancel();
                                }
                                for (Task<Void> task : waiting) {
                                    await(thrownBy(task));
                                }
                                return Coroutine.done();
                            });
                    return Duration.ofNanos(cpuTime() - began);
                });
    }
}
