package dev.weft.spec.resilience;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static dev.weft.junit.VirtualTime.elapsed;
import static dev.weft.junit.VirtualTime.iterations;
import static dev.weft.spec.resilience.Journal.assertNothingIsLeft;
import static dev.weft.spec.support.Awaits.thrownBy;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.AsyncCallable;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Promise;
import dev.weft.Task;
import dev.weft.junit.VirtualTime;
import dev.weft.resilience.Hedge;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hedge: the instants at which attempts start and end. */
class HedgeTest {
    private static final String LOST = " is cancelled: hedge: another attempt was first";

    private final VirtualTime.Recorder program = VirtualTime.recorder();
    private final Journal journal = new Journal();
    private int attempts;

    /**
     * Returns a body whose k-th attempt, named by its number, takes the k-th number of
     * milliseconds; after a negative number of them it fails.
     */
    private AsyncCallable<String> taking(int... millis) {
        return () -> {
            int time = millis[attempts++];
            String name = "" + attempts;
            return time < 0 ? journal.fails(name, -time) : journal.succeeds(name, time);
        };
    }

    private Coroutine<String> hedged(int most, int... millis) {
        return Hedge.of(ofMillis(100), most, taking(millis));
    }

    @Test
    void anAttemptStartsEachTimeThatTheDelayHasPassed() {
        program.run(
                () -> {
                    assertThat(await(hedged(4, 999, 999, 150, 999))).isEqualTo("3");
                    assertThat(elapsed()).isEqualTo(ofMillis(350));
                    assertNothingIsLeft();
                    return Coroutine.done();
                });
        journal.reads(
                "0 1 starts",
                "100 2 starts",
                "200 3 starts",
                "300 4 starts",
                "350 3 succeeds",
                "350 1" + LOST,
                "350 2" + LOST,
                "350 4" + LOST);
    }

    @Test
    void aFastAttemptStaysAlone() {
        program.run(
                () -> {
                    assertThat(await(hedged(4, 99))).isEqualTo("1");
                    await(sleep(ofSeconds(9)));
                    return Coroutine.done();
                });
        journal.reads("0 1 starts", "99 1 succeeds");
    }

    @Test
    void thereAreAtMostSoManyAttempts() {
        program.run(
                () -> {
                    assertThat(await(hedged(2, 999, 950))).isEqualTo("1");
                    return Coroutine.done();
                });
        journal.reads("0 1 starts", "100 2 starts", "999 1 succeeds", "999 2" + LOST);
    }

    @Test
    void aFailureStartsTheNextAttemptAtOnceAndTheDelayBeginsAnew() {
        program.run(
                () -> {
                    assertThat(await(hedged(4, -30, 999, -10, 20))).isEqualTo("4");
                    return Coroutine.done();
                });
        journal.reads(
                "0 1 starts",
                "30 1 fails",
                "30 2 starts",
                "130 3 starts",
                "140 3 fails",
                "140 4 starts",
                "160 4 succeeds",
                "160 2" + LOST);
        assertThat(program.reports()).isEmpty();
    }

    @Test
    void twoFailuresAtOnceStartTwoAttempts() {
        program.run(
                () -> {
                    assertThat(await(hedged(9, -150, -50, 99, 99))).isEqualTo("3");
                    return Coroutine.done();
                });
        journal.reads(
                "0 1 starts",
                "100 2 starts",
                "150 1 fails",
                "150 2 fails",
                "150 3 starts",
                "150 4 starts",
                "249 3 succeeds",
                "249 4 succeeds");
    }

    @Test
    void ifAllAttemptsFailTheFirstFailureIsThrownWithTheOthersSuppressedInOrder() {
        Throwable thrown = program.failureOf(() -> hedged(3, -150, -20, -10));

        journal.reads(
                "0 1 starts",
                "100 2 starts",
                "120 2 fails",
                "120 3 starts",
                "130 3 fails",
                "150 1 fails");
        assertThat(thrown).isInstanceOf(IOException.class).hasMessage("2");
        assertThat(thrown.getSuppressed())
                .extracting(Throwable::getMessage)
                .containsExactly("3", "1");
        assertThat(program.reports()).isEmpty();
    }

    @Test
    void oneExceptionObjectIsNotSuppressedInItself() {
        IOException same = new IOException("same");

        Throwable thrown =
                program.failureOf(() -> Hedge.of(ofMillis(1), 3, () -> Coroutine.failed(same)));

        assertThat(thrown).isSameAs(same).hasNoSuppressedExceptions();
    }

    @Test
    void theFailuresBesideAnExceptionThatHoldsNoneAreReported() {
        Exception unsuppressible = new RaceTest.UnsuppressibleException();

        Throwable thrown =
                program.failureOf(
                        () ->
                                Hedge.of(
                                        ofMillis(1),
                                        3,
                                        () ->
                                                ++attempts == 1
                                                        ? Coroutine.failed(unsuppressible)
                                                        : journal.fails("" + attempts, 1)));

        assertThat(thrown).isSameAs(unsuppressible);
        assertThat(program.reportedMessages()).containsExactly("2", "3");
    }

    @Test
    void inATieOfAValueAndTheDelayTheValueWins() {
        program.run(
                () -> {
                    assertThat(await(hedged(2, 100, 0))).isEqualTo("1");
                    return Coroutine.done();
                });
        journal.reads("0 1 starts", "100 1 succeeds");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void inATieOfAPromiseAndTheDelayThePromiseWins(boolean isSetBefore) {
        program.run(
                () -> {
                    Promise<String> promise = new Promise<>();
                    if (isSetBefore) {
                        completeAfter(ofMillis(100), promise);
                    }
                    Coroutine<String> hedged =
                            Hedge.of(
                                    ofMillis(100),
                                    2,
                                    () -> {
                                        attempts++;
                                        if (!isSetBefore) {
                                            completeAfter(ofMillis(100), promise);
                                        }
                                        return Coroutine.of(await(promise));
                                    });
                    assertThat(await(hedged)).isEqualTo("value");
                    assertThat(attempts).isEqualTo(1);
                    return Coroutine.done();
                });
    }

    private static void completeAfter(Duration delay, Promise<String> promise) {
        EventLoop.current().callLater(delay, () -> promise.complete("value"));
    }

    @Test
    void inATieOfAFailureAndAValueTheValueWinsAndNoAttemptStarts() {
        program.run(
                () -> {
                    assertThat(await(hedged(9, -150, 50, 0))).isEqualTo("2");
                    return Coroutine.done();
                });
        journal.reads("0 1 starts", "100 2 starts", "150 1 fails", "150 2 succeeds");
        assertThat(program.reports()).isEmpty();
    }

    @Test
    void theLastFailureInATieWithTheDelayIsNoEnd() {
        program.run(
                () -> {
                    assertThat(await(hedged(3, -100, 10, 10))).isEqualTo("2");
                    return Coroutine.done();
                });
    }

    @Test
    void oneAttemptIsJustATask() {
        program.run(
                () -> {
                    Coroutine<Task<?>> hedged =
                            Hedge.of(ofMillis(1), 1, () -> sleep(ofMillis(9), Task.current()));
                    assertThat((Object) await(hedged)).isNotSameAs(Task.current());
                    assertThat(elapsed()).isEqualTo(ofMillis(9));
                    return Coroutine.done();
                });
    }

    @Test
    void anAttemptThatEndsCancelledStartsNoOther() {
        CancelledError own = new CancelledError("own");

        Throwable thrown =
                program.failureOf(() -> Hedge.of(ofMillis(1), 3, () -> Coroutine.failed(own)));

        assertThat(thrown).isSameAs(own);
        assertThat(program.elapsed()).isEqualTo(ZERO);
    }

    @Test
    void anAttemptThatEndsCancelledLeavesTheOthersAlone() {
        program.run(
                () -> {
                    AsyncCallable<String> body =
                            () -> {
                                if (++attempts == 1) {
                                    await(sleep(ofMillis(150)));
                                    throw new CancelledError("own");
                                }
                                return journal.succeeds("" + attempts, 300);
                            };
                    assertThat(await(Hedge.of(ofMillis(100), 2, body))).isEqualTo("2");
                    return Coroutine.done();
                });
    }

    @Test
    void aBodyThatThrowsOrReturnsNullHasFailed() {
        Throwable thrown =
                program.failureOf(
                        () ->
                                Hedge.<Void>of(
                                        ofMillis(1),
                                        2,
                                        () -> {
                                            if (++attempts == 1) {
                                                return null;
                                            }
                                            throw new IOException("at the call");
                                        }));

        assertThat(thrown).isInstanceOf(NullPointerException.class);
        assertThat(thrown.getSuppressed()).hasSize(1);
        assertThat(thrown.getSuppressed()[0]).hasMessage("at the call");
    }

    @Test
    void theFailureOfACleanUpAfterTheValueIsReported() {
        program.run(
                () -> {
                    AsyncCallable<String> body =
                            () ->
                                    ++attempts == 1
                                            ? journal.failsInItsCleanUp("1", 50)
                                            : journal.succeeds("2", 10);
                    assertThat(await(Hedge.of(ofMillis(100), 2, body))).isEqualTo("2");
                    assertThat(elapsed()).isEqualTo(ofMillis(160));
                    assertNothingIsLeft();
                    return Coroutine.done();
                });
        assertThat(program.reportedMessages()).containsExactly("1's clean-up");
    }

    @Test
    void aFatalErrorOfAnAttemptEndsTheLoop() {
        Throwable thrown =
                program.failureOf(
                        () ->
                                Hedge.of(
                                        ofMillis(100),
                                        9,
                                        () -> {
                                            if (++attempts == 2) {
                                                throw new OutOfMemoryError("a test");
                                            }
                                            return journal.succeeds("a", 999);
                                        }));

        assertThat(thrown).isInstanceOf(OutOfMemoryError.class);
        assertThat(attempts).isEqualTo(2);
    }

    @Test
    void nothingRunsBeforeTheAwait() {
        program.run(
                () -> {
                    Coroutine<String> hedged = hedged(2, 10);
                    await(iterations(3));
                    journal.reads();
                    await(hedged);
                    return Coroutine.done();
                });
    }

    @Test
    @SuppressWarnings("weft:dropped-coroutine") // each call throws
    void argumentsOutOfRangeAreRefusedAtTheCall() {
        AsyncCallable<String> body = () -> Coroutine.of("");
        for (Duration after : List.of(ZERO, ofMillis(-1))) {
            assertThatThrownBy(() -> Hedge.of(after, 1, body))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("after <= 0: " + after);
        }
        assertThatThrownBy(() -> Hedge.of(ofMillis(1), 0, body))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("most < 1: 0");
        assertThatThrownBy(() -> Hedge.of(null, 1, body))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("after");
        assertThatThrownBy(() -> Hedge.of(ofMillis(1), 1, null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("body");
    }

    @Test
    void aDelayThatNeverPassesIsNoError() {
        program.run(
                () -> {
                    Coroutine<String> hedged =
                            Hedge.of(ofSeconds(Long.MAX_VALUE), 2, taking(10, 10));
                    assertThat(await(thrownBy(hedged))).isNull();
                    assertThat(attempts).isEqualTo(1);
                    return Coroutine.done();
                });
    }
}
