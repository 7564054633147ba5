package dev.weft.spec.resilience;

import static dev.weft.Weft.await;
import static dev.weft.junit.VirtualTime.elapsed;
import static dev.weft.spec.support.Awaits.thrownBy;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofNanos;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Coroutine;
import dev.weft.Runner;
import dev.weft.Task;
import dev.weft.junit.VirtualTime;
import dev.weft.resilience.Backoff;
import dev.weft.resilience.Retry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Backoff: the pauses between the attempts of a retry, exact to the nanosecond. */
class BackoffTest {
    /** Returns the pauses between {@code attempts} attempts. */
    private static List<Duration> pauses(
            UnaryOperator<Runner> settings, int attempts, Backoff backoff) {
        List<Duration> instants = new ArrayList<>();
        VirtualTime.run(
                settings,
                () ->
                        thrownBy(
                                Retry.of(
                                        attempts,
                                        backoff,
                                        failure -> true,
                                        () -> {
                                            instants.add(elapsed());
                                            throw new IOException();
                                        })));
        List<Duration> pauses = new ArrayList<>();
        for (int i = 1; i < instants.size(); i++) {
            pauses.add(instants.get(i).minus(instants.get(i - 1)));
        }
        return pauses;
    }

    private static List<Duration> pauses(int attempts, Backoff backoff) {
        return pauses(UnaryOperator.identity(), attempts, backoff);
    }

    static Stream<Arguments> withoutJitter() {
        return Stream.of(
                Arguments.of(
                        new Backoff(ofMillis(100), 2, ofSeconds(1), 0),
                        List.of(100, 200, 400, 800, 1000, 1000)),
                Arguments.of(
                        new Backoff(ofMillis(100), 3, ofDays(1), 0),
                        List.of(100, 300, 900, 2700, 8100, 24300)),
                Arguments.of(
                        new Backoff(ofMillis(100), 1.5, ofMillis(500), 0),
                        List.of(100, 150, 225, 337.5, 500, 500)),
                Arguments.of(Backoff.constant(ofMillis(250)), List.of(250, 250, 250, 250)),
                Arguments.of(new Backoff(ofMillis(7), 1, ofDays(1), 0), List.of(7, 7, 7, 7)),
                Arguments.of(new Backoff(ofMillis(7), 9, ofMillis(7), 0), List.of(7, 7, 7, 7)),
                Arguments.of(
                        new Backoff(ofMillis(1), Double.MAX_VALUE, ofMillis(9), 0),
                        List.of(1, 9, 9, 9, 9)),
                Arguments.of(Backoff.constant(ZERO), List.of(0, 0, 0)),
                Arguments.of(new Backoff(ZERO, 2, ofSeconds(1), 0), List.of(0, 0, 0)));
    }

    @ParameterizedTest
    @MethodSource("withoutJitter")
    void withoutJitterThePausesAreExact(Backoff backoff, List<Number> millis) {
        List<Duration> expected =
                millis.stream()
                        .map(pause -> ofNanos(Math.round(pause.doubleValue() * 1_000_000)))
                        .toList();

        assertThat(pauses(millis.size() + 1, backoff)).isEqualTo(expected);
    }

    @Test
    void aPauseOfManyDigitsIsExact() {
        Duration pause = Duration.ofNanos((1L << 60) + 1);

        assertThat(pauses(3, Backoff.constant(pause))).containsExactly(pause, pause);
        assertThat(pauses(3, new Backoff(ofNanos(1), 1e300, pause, 0)))
                .containsExactly(ofNanos(1), pause);
    }

    @Test
    void exponentialDoublesUpToTheBoundAndIsUpToAHalfShorter() {
        assertThat(Backoff.exponential(ofMillis(100), ofSeconds(1)))
                .isEqualTo(new Backoff(ofMillis(100), 2, ofSeconds(1), 0.5));
    }

    @Test
    void constantHasNeitherGrowthNorJitter() {
        assertThat(Backoff.constant(ofSeconds(3)))
                .isEqualTo(new Backoff(ofSeconds(3), 1, ofSeconds(3), 0));
    }

    @Test
    void jitterShortensEachPauseByARandomShareUpToItsBound() {
        Backoff backoff = new Backoff(ofSeconds(1), 2, ofSeconds(8), 0.25);
        double smallest = 1;
        double largest = 0;
        for (long seed = 0; seed < 500; seed++) {
            long random = seed;
            List<Duration> pauses = pauses(runner -> runner.shuffled(random), 6, backoff);
            for (int k = 0; k < 5; k++) {
                double full = Math.min(8, 1 << k);
                double share = pauses.get(k).toNanos() / 1e9 / full;
                smallest = Math.min(smallest, share);
                largest = Math.max(largest, share);
            }
        }
        assertThat(smallest).isBetween(0.75, 0.76);
        assertThat(largest).isBetween(0.99, 1.0);
    }

    @Test
    void fullJitterMayLeaveNothing() {
        Backoff backoff = new Backoff(ofNanos(3), 1, ofNanos(3), 1);
        List<Duration> all = new ArrayList<>();
        for (long seed = 0; seed < 100; seed++) {
            long random = seed;
            all.addAll(pauses(runner -> runner.shuffled(random), 2, backoff));
        }
        assertThat(all).contains(ofNanos(1), ofNanos(2), ofNanos(3)).doesNotContain(ofNanos(4));
    }

    @Test
    void theSeedOfTheRunnerDecidesTheJitter() {
        Backoff backoff = Backoff.exponential(ofSeconds(1), ofDays(1));

        assertThat(pauses(runner -> runner.shuffled(7), 9, backoff))
                .isEqualTo(pauses(runner -> runner.shuffled(7), 9, backoff))
                .isNotEqualTo(pauses(runner -> runner.shuffled(8), 9, backoff));
    }

    @Test
    void withoutASeedEachLoopHasOtherRandomNumbers() {
        Backoff backoff = Backoff.exponential(ofSeconds(1), ofDays(1));

        assertThat(pauses(9, backoff)).isNotEqualTo(pauses(9, backoff));
    }

    @Test
    void aPauseThatNoLongCanHoldNeverEnds() {
        assertThatThrownBy(() -> pauses(2, Backoff.constant(ofSeconds(Long.MAX_VALUE))))
                .isInstanceOf(IllegalStateException.class); // virtual time finds a deadlock
    }

    @Test
    void valuesOutOfRangeAreRefused() {
        Duration second = ofSeconds(1);
        refuses("first < 0: PT-1S", () -> new Backoff(second.negated(), 1, second, 0));
        refuses("most < first: PT1S", () -> new Backoff(ofSeconds(2), 1, second, 0));
        refuses("most < first: PT0S", () -> Backoff.exponential(second, ZERO));
        refuses("first < 0: PT-1S", () -> Backoff.constant(second.negated()));
        refuses("factor < 1: 0.9", () -> new Backoff(second, 0.9, second, 0));
        refuses("factor is not finite: NaN", () -> new Backoff(second, Double.NaN, second, 0));
        refuses(
                "factor is not finite: Infinity",
                () -> new Backoff(second, Double.POSITIVE_INFINITY, second, 0));
        refuses("jitter < 0: -0.1", () -> new Backoff(second, 1, second, -0.1));
        refuses("jitter > 1: 1.1", () -> new Backoff(second, 1, second, 1.1));
        refuses("jitter is not a number: NaN", () -> new Backoff(second, 1, second, Double.NaN));
    }

    private static void refuses(String message, Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void nullIsRefusedByName() {
        assertThatThrownBy(() -> new Backoff(null, 1, ofSeconds(1), 0))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("first");
        assertThatThrownBy(() -> Backoff.exponential(ofSeconds(1), null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("most");
        assertThatThrownBy(() -> Backoff.constant(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("pause");
    }

    @Test
    void aPauseOfZeroLetsOtherTasksRun() {
        List<String> trace = new ArrayList<>();
        VirtualTime.run(
                () -> {
                    Task<Void> other =
                            Task.create(
                                    () -> {
                                        trace.add("other");
                                        return Coroutine.done();
                                    });
                    Coroutine<Void> failing =
                            Retry.of(
                                    2,
                                    Backoff.constant(ZERO),
                                    failure -> true,
                                    () -> {
                                        trace.add("attempt");
                                        throw new IOException();
                                    });
                    await(thrownBy(failing));
                    await(other);
                    return Coroutine.done();
                });
        assertThat(trace).containsExactly("attempt", "other", "attempt");
    }
}
