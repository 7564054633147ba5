package dev.weft.spec.resilience;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.timeout;
import static dev.weft.junit.VirtualTime.elapsed;
import static dev.weft.junit.VirtualTime.iterations;
import static dev.weft.spec.support.Awaits.thrownBy;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofNanos;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Promise;
import dev.weft.Task;
import dev.weft.junit.VirtualTime;
import dev.weft.resilience.RateLimiter;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The rate limiter: the exact instants at which acquisitions end. */
class RateLimiterTest {
    private final VirtualTime.Recorder program = VirtualTime.recorder();
    private final List<String> passed = new ArrayList<>();

    /** Returns the nanoseconds at which so many acquisitions in a row end. */
    private static List<Long> instants(RateLimiter limiter, int count) {
        List<Long> instants = new ArrayList<>();
        VirtualTime.run(
                () -> {
                    for (int i = 0; i < count; i++) {
                        await(limiter.acquire());
                        instants.add(elapsed().toNanos());
                    }
                    return Coroutine.done();
                });
        return instants;
    }

    static Stream<Arguments> tables() {
        return Stream.of(
                Arguments.of(1, ofNanos(10), List.of(0L, 10L, 20L, 30L)),
                Arguments.of(2, ofNanos(10), List.of(0L, 0L, 5L, 10L, 15L)),
                Arguments.of(3, ofNanos(10), List.of(0L, 0L, 0L, 4L, 7L, 10L, 14L, 17L, 20L)),
                Arguments.of(7, ofNanos(3), List.of(0L, 0L, 0L, 0L, 0L, 0L, 0L, 1L, 1L, 2L, 2L)),
                Arguments.of(1, ofNanos(1), List.of(0L, 1L, 2L)),
                Arguments.of(
                        3,
                        ofSeconds(1),
                        List.of(0L, 0L, 0L, 333_333_334L, 666_666_667L, 1_000_000_000L)));
    }

    @ParameterizedTest
    @MethodSource("tables")
    void tokensComeBackEvenlyAndFractionsOfANanosecondAreRoundedUp(
            int permits, Duration per, List<Long> expected) {
        assertThat(instants(new RateLimiter(permits, per), expected.size())).isEqualTo(expected);
    }

    @Test
    void noErrorAddsUpInManyHours() {
        int permits = 7;
        Duration per = ofNanos(1_000_000_000_003L);
        List<Long> instants = instants(new RateLimiter(permits, per), 10_000);

        for (int i = permits; i < instants.size(); i++) {
            assertThat(instants.get(i)).isEqualTo(exact(i - permits + 1, permits, per));
        }
        assertThat(Duration.ofNanos(instants.get(instants.size() - 1))).isGreaterThan(ofHours(300));
    }

    /** Returns the time in which so many tokens come back, rounded up. */
    private static long exact(long tokens, int permits, Duration per) {
        BigInteger[] time =
                BigInteger.valueOf(tokens)
                        .multiply(BigInteger.valueOf(per.toNanos()))
                        .divideAndRemainder(BigInteger.valueOf(permits));
        return time[0].longValueExact() + time[1].signum();
    }

    @Test
    void theLargestRatesAndPeriodsAreExact() {
        Duration longest = ofNanos(Long.MAX_VALUE);
        assertThat(instants(new RateLimiter(3, longest), 5))
                .containsExactly(0L, 0L, 0L, exact(1, 3, longest), exact(2, 3, longest));
        VirtualTime.run(
                () -> {
                    int permits = Integer.MAX_VALUE;
                    RateLimiter limiter = new RateLimiter(permits, ofDays(1));
                    for (int i = 0; i < 1_000; i++) {
                        assertThat(limiter.tryAcquire()).isTrue();
                    }
                    await(sleep(ofNanos(exact(1_000, permits, ofDays(1)) - 1)));
                    assertThat(limiter.tryAcquire()).isTrue();
                    return Coroutine.done();
                });
    }

    @Test
    void afterARestThereAreAsManyTokensAsPermitsAndNoMore() {
        program.run(
                () -> {
                    RateLimiter limiter = new RateLimiter(3, ofSeconds(3));
                    drain(limiter, 3);
                    await(sleep(ofSeconds(100)));
                    drain(limiter, 3);
                    await(sleep(ofMillis(2_500)));
                    drain(limiter, 2);
                    await(sleep(ofMillis(500)));
                    drain(limiter, 1);
                    return Coroutine.done();
                });
    }

    /** Fails unless exactly so many tokens are there, and takes them. */
    private static void drain(RateLimiter limiter, int expected) {
        int tokens = 0;
        while (limiter.tryAcquire()) {
            tokens++;
        }
        assertThat(tokens).isEqualTo(expected);
    }

    @Test
    void aFullBucketForgetsTheFractionOfATokenThatWasOnItsWay() {
        program.run(
                () -> {
                    RateLimiter limiter = new RateLimiter(2, ofSeconds(2));
                    assertThat(limiter.tryAcquire()).isTrue();
                    await(sleep(ofMillis(1_900)));
                    drain(limiter, 2);
                    await(sleep(ofMillis(999)));
                    drain(limiter, 0);
                    await(sleep(ofMillis(1)));
                    drain(limiter, 1);
                    return Coroutine.done();
                });
    }

    @Test
    void anAcquisitionThatFindsATokenDoesNotSuspend() {
        program.run(
                () -> {
                    RateLimiter limiter = new RateLimiter(1, ofSeconds(1));
                    Task<Void> other = Task.create(Coroutine.done());
                    await(limiter.acquire());
                    assertThat(other.done()).isFalse();
                    return Coroutine.done();
                });
    }

    @Async
    private Coroutine<Void> passes(RateLimiter limiter, String name) {
        await(limiter.acquire());
        passed.add(elapsed().toMillis() + " " + name);
        return Coroutine.done();
    }

    private Task<Void> waiting(RateLimiter limiter, String name) {
        return Task.create(() -> passes(limiter, name));
    }

    @Test
    void waitingTasksAreServedInTheOrderInWhichTheyCame() {
        program.run(
                () -> {
                    RateLimiter limiter = new RateLimiter(2, ofMillis(200));
                    for (String name : List.of("a", "b", "c", "d", "e")) {
                        waiting(limiter, name);
                    }
                    await(sleep(ofMillis(120)));
                    waiting(limiter, "f");
                    await(sleep(ofSeconds(1)));
                    return Coroutine.done();
                });
        assertThat(passed).containsExactly("0 a", "0 b", "100 c", "200 d", "300 e", "400 f");
    }

    @Test
    void aCancelledTaskTakesNoTokenAndPassesItsPlaceOn() {
        for (int cancelled = 0; cancelled < 4; cancelled++) {
            passed.clear();
            int index = cancelled;
            program.run(
                    () -> {
                        RateLimiter limiter = new RateLimiter(1, ofMillis(100));
                        await(limiter.acquire());
                        List<Task<Void>> tasks = new ArrayList<>();
                        for (String name : List.of("a", "b", "c", "d")) {
                            tasks.add(waiting(limiter, name));
                        }
                        await(sleep(ofMillis(50)));
                        tasks.get(index).cancel();
                        await(sleep(ofSeconds(1)));
                        assertThat(tasks.get(index).cancelled()).isTrue();
                        return Coroutine.done();
                    });
            List<String> others = new ArrayList<>(List.of("a", "b", "c", "d"));
            others.remove(cancelled);
            assertThat(passed)
                    .containsExactly(
                            "100 " + others.get(0), "200 " + others.get(1), "300 " + others.get(2));
        }
    }

    @Test
    void aTaskThatIsCancelledWhenItsTokenIsThereLeavesTheTokenToTheNext() {
        for (int iteration = 0; iteration < 5; iteration++) {
            passed.clear();
            int last = iteration;
            program.run(
                    () -> {
                        RateLimiter limiter = new RateLimiter(1, ofMillis(100));
                        await(limiter.acquire());
                        Task<Void> a = waiting(limiter, "a");
                        waiting(limiter, "b");
                        await(sleep(ofMillis(100)));
                        await(iterations(last));
                        a.cancel();
                        await(sleep(ofSeconds(1)));
                        assertThat(passed)
                                .containsExactlyElementsOf(
                                        a.cancelled()
                                                ? List.of("100 b")
                                                : List.of("100 a", "200 b"));
                        return Coroutine.done();
                    });
        }
    }

    @Test
    void tryAcquireIsRefusedWhileATaskWaitsEvenIfATokenIsThere() {
        program.run(
                () -> {
                    RateLimiter limiter = new RateLimiter(1, ofMillis(100));
                    await(limiter.acquire());
                    waiting(limiter, "a");
                    await(sleep(ofMillis(100)));
                    assertThat(passed).isEmpty();
                    assertThat(limiter.tryAcquire()).isFalse();
                    await(sleep(ofMillis(99)));
                    assertThat(passed).containsExactly("100 a");
                    assertThat(limiter.tryAcquire()).isFalse();
                    await(sleep(ofMillis(1)));
                    assertThat(limiter.tryAcquire()).isTrue();
                    return Coroutine.done();
                });
    }

    @Test
    void aTimeoutAroundAnAcquisitionTakesNoToken() {
        program.run(
                () -> {
                    RateLimiter limiter = new RateLimiter(1, ofMillis(100));
                    await(limiter.acquire());
                    assertThat(await(thrownBy(timeout(ofMillis(50), limiter.acquire()))))
                            .isInstanceOf(TimeoutException.class);
                    await(sleep(ofMillis(50)));
                    assertThat(limiter.tryAcquire()).isTrue();
                    return Coroutine.done();
                });
    }

    @Test
    void thereIsNoTimerWhenNobodyWaits() {
        Throwable stuck =
                program.failureOf(
                        () -> {
                            RateLimiter limiter = new RateLimiter(1, ofSeconds(1));
                            await(limiter.acquire());
                            Task<Void> waiting = waiting(limiter, "a");
                            await(sleep(ofMillis(10)));
                            waiting.cancel();
                            return Coroutine.of(await(new Promise<String>()));
                        });

        // Virtual time would go on to a timer that is left.
        assertThat(stuck).isInstanceOf(IllegalStateException.class);
        assertThat(program.elapsed()).isEqualTo(ofMillis(10));
    }

    @Test
    void theBucketIsFullAtItsFirstUseAndNotBefore() {
        RateLimiter limiter = new RateLimiter(2, ofSeconds(1));
        program.run(
                () -> {
                    await(sleep(ofHours(1)));
                    drain(limiter, 2);
                    assertThat(elapsed()).isEqualTo(ofHours(1));
                    await(limiter.acquire());
                    assertThat(elapsed()).isEqualTo(ofHours(1).plusMillis(500));
                    return Coroutine.done();
                });
    }

    @Test
    void aCoroutineThatIsDroppedTakesNothing() {
        program.run(
                () -> {
                    RateLimiter limiter = new RateLimiter(1, ofSeconds(1));
                    limiter.acquire().close();
                    drain(limiter, 1);
                    return Coroutine.done();
                });
    }

    @Test
    void argumentsOutOfRangeAreRefused() {
        for (int permits : new int[] {0, -1}) {
            assertThatThrownBy(() -> new RateLimiter(permits, ofSeconds(1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("permits < 1: " + permits);
        }
        for (Duration per : List.of(ZERO, ofSeconds(-1))) {
            assertThatThrownBy(() -> new RateLimiter(1, per))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("per <= 0: " + per);
        }
        assertThatThrownBy(() -> new RateLimiter(1, null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("per");
    }
}
