package dev.weft.spec.resilience;

import static dev.weft.Weft.await;
import static dev.weft.junit.VirtualTime.elapsed;
import static dev.weft.junit.VirtualTime.iterations;
import static dev.weft.spec.support.Awaits.thrownBy;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.AsyncCallable;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.junit.VirtualTime;
import dev.weft.resilience.Backoff;
import dev.weft.resilience.Retry;
import dev.weft.spec.support.Misbehaving;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Retry: the number of attempts, their instants, and the exception at the end. */
class RetryTest {
    private static final Backoff DOUBLING = new Backoff(ofMillis(100), 2, ofSeconds(1), 0);
    private static final Backoff AT_ONCE = Backoff.constant(ZERO);
    private final VirtualTime.Recorder program = VirtualTime.recorder();
    private final Journal journal = new Journal();
    private int attempts;

    private static boolean always(Throwable failure) {
        return true;
    }

    /** Fails, the k-th time with the message k. */
    private Coroutine<String> failing() throws IOException {
        throw new IOException("" + ++attempts);
    }

    /** Fails until attempt number {@code last}, each attempt after 10 ms. */
    private AsyncCallable<String> succeedingAt(int last) {
        return () -> {
            String name = "attempt " + ++attempts;
            return attempts == last ? journal.succeeds(name, 10) : journal.fails(name, 10);
        };
    }

    @Test
    void anAttemptFollowsEachFailureAfterAPause() {
        program.run(
                () -> {
                    assertThat(await(Retry.of(9, DOUBLING, RetryTest::always, succeedingAt(4))))
                            .isEqualTo("attempt 4");
                    return Coroutine.done();
                });
        journal.reads(
                "0 attempt 1 starts",
                "10 attempt 1 fails",
                "110 attempt 2 starts",
                "120 attempt 2 fails",
                "320 attempt 3 starts",
                "330 attempt 3 fails",
                "730 attempt 4 starts",
                "740 attempt 4 succeeds");
    }

    @Test
    void theFirstAttemptRunsAtOnceInTheCurrentTask() {
        program.run(
                () -> {
                    Task<?> caller = Task.current();
                    Coroutine<Task<?>> retried =
                            Retry.of(
                                    3,
                                    DOUBLING,
                                    RetryTest::always,
                                    () -> Coroutine.of(Task.current()));
                    assertThat((Object) await(retried)).isSameAs(caller);
                    return Coroutine.done();
                });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 10})
    void afterTheLastAttemptTheLastFailureIsThrownWithTheEarlierOnesSuppressed(int count) {
        Throwable thrown =
                program.failureOf(
                        () -> Retry.of(count, DOUBLING, RetryTest::always, this::failing));

        assertThat(attempts).isEqualTo(count);
        assertThat(thrown).isInstanceOf(IOException.class).hasMessage("" + count);
        assertThat(thrown.getSuppressed())
                .extracting(Throwable::getMessage)
                .isEqualTo(IntStream.range(1, count).mapToObj(Integer::toString).toList());
    }

    @Test
    void thereIsNoPauseAfterTheLastAttempt() {
        program.failureOf(() -> Retry.of(3, DOUBLING, RetryTest::always, this::failing));

        assertThat(program.elapsed()).isEqualTo(ofMillis(300));
    }

    @Test
    void aFailureThatThePredicateDoesNotAcceptIsThrownAtOnce() {
        List<String> asked = new ArrayList<>();
        Throwable thrown =
                program.failureOf(
                        () ->
                                Retry.of(
                                        9,
                                        AT_ONCE,
                                        failure -> {
                                            asked.add(failure.getMessage());
                                            return asked.size() < 3;
                                        },
                                        this::failing));

        assertThat(thrown).hasMessage("3");
        assertThat(thrown.getSuppressed())
                .extracting(Throwable::getMessage)
                .containsExactly("1", "2");
        assertThat(asked).containsExactly("1", "2", "3");
    }

    @Test
    void thePredicateIsNotAskedAboutTheLastAttempt() {
        List<Throwable> asked = new ArrayList<>();
        program.failureOf(() -> Retry.of(2, AT_ONCE, asked::add, this::failing));

        assertThat(asked).hasSize(1);
    }

    @Test
    void anExceptionOfThePredicateIsThrownInPlaceOfTheFailure() {
        IllegalStateException unexpected = new IllegalStateException("predicate");

        Throwable thrown =
                program.failureOf(
                        () ->
                                Retry.of(
                                        9,
                                        AT_ONCE,
                                        failure -> {
                                            if (attempts == 3) {
                                                throw unexpected;
                                            }
                                            return true;
                                        },
                                        this::failing));

        assertThat(thrown).isSameAs(unexpected);
        assertThat(thrown.getSuppressed())
                .extracting(Throwable::getMessage)
                .containsExactly("1", "2", "3");
    }

    @Test
    void aPredicateMayThrowTheFailureItself() {
        IllegalStateException same = new IllegalStateException("same");

        Throwable thrown =
                program.failureOf(
                        () ->
                                Retry.of(
                                        9,
                                        AT_ONCE,
                                        failure -> {
                                            throw same;
                                        },
                                        () -> Coroutine.failed(same)));

        assertThat(thrown).isSameAs(same).hasNoSuppressedExceptions();
    }

    @Test
    void oneExceptionObjectIsSuppressedOnceAndNeverInItself() {
        IOException one = new IOException("one");
        IOException other = new IOException("other");
        AsyncCallable<String> alternating =
                () -> Coroutine.failed(++attempts % 2 == 0 ? one : other);

        Throwable thrown =
                program.failureOf(() -> Retry.of(6, AT_ONCE, RetryTest::always, alternating));
        assertThat(thrown).isSameAs(one);
        assertThat(thrown.getSuppressed()).containsExactly(other);

        program.failureOf(() -> Retry.of(6, AT_ONCE, RetryTest::always, alternating));
        assertThat(thrown.getSuppressed()).as("after another call").containsExactly(other);
    }

    @Test
    void anExceptionThatHoldsNoSuppressedOnesIsThrownAllTheSame() {
        Exception unsuppressible = new RaceTest.UnsuppressibleException();

        assertThat(
                        program.failureOf(
                                () ->
                                        Retry.of(
                                                3,
                                                AT_ONCE,
                                                RetryTest::always,
                                                () -> Coroutine.failed(unsuppressible))))
                .isSameAs(unsuppressible);
    }

    @ParameterizedTest
    @EnumSource
    void anExceptionThatMisbehavesIsRetriedLikeAnyOther(Misbehaving.Method method) {
        RuntimeException misbehaving = Misbehaving.exception(method);
        program.run(
                () -> {
                    Coroutine<String> retried =
                            Retry.of(
                                    3,
                                    AT_ONCE,
                                    RetryTest::always,
                                    () ->
                                            ++attempts < 3
                                                    ? Coroutine.failed(misbehaving)
                                                    : Coroutine.of("value"));
                    assertThat(await(retried)).isEqualTo("value");
                    return Coroutine.done();
                });
    }

    @Test
    void aBodyThatReturnsNullHasFailed() {
        List<Throwable> asked = new ArrayList<>();

        Throwable thrown =
                program.failureOf(() -> Retry.<Void>of(2, AT_ONCE, asked::add, () -> null));

        assertThat(thrown)
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("returned null instead of a Coroutine");
        assertThat(asked).hasSize(1);
    }

    @Test
    void errorsAreFailuresToo() {
        program.run(
                () -> {
                    Coroutine<String> retried =
                            Retry.of(
                                    2,
                                    AT_ONCE,
                                    RetryTest::always,
                                    () -> {
                                        if (++attempts == 1) {
                                            throw new AssertionError("first");
                                        }
                                        return Coroutine.of("second");
                                    });
                    assertThat(await(retried)).isEqualTo("second");
                    return Coroutine.done();
                });
    }

    @Test
    void aFatalErrorEndsTheLoopAndIsNotRetried() {
        List<Throwable> asked = new ArrayList<>();

        Throwable thrown =
                program.failureOf(
                        () ->
                                Retry.<Void>of(
                                        9,
                                        AT_ONCE,
                                        asked::add,
                                        () -> {
                                            attempts++;
                                            throw new OutOfMemoryError("a test");
                                        }));

        assertThat(thrown).isInstanceOf(OutOfMemoryError.class);
        assertThat(attempts).isEqualTo(1);
        assertThat(asked).isEmpty();
    }

    @Test
    void nothingRunsBeforeTheAwait() {
        program.run(
                () -> {
                    Coroutine<String> retried =
                            Retry.of(1, AT_ONCE, RetryTest::always, this::failing);
                    await(iterations(3));
                    assertThat(attempts).isZero();
                    await(thrownBy(retried));
                    assertThat(attempts).isEqualTo(1);
                    assertThat(elapsed()).isEqualTo(ZERO);
                    return Coroutine.done();
                });
    }

    @ParameterizedTest
    @SuppressWarnings("weft:dropped-coroutine") // each call throws
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void fewerThanOneAttemptIsRefusedAtTheCall(int count) {
        assertThatThrownBy(() -> Retry.of(count, AT_ONCE, RetryTest::always, this::failing))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("attempts < 1: " + count);
    }

    @Test
    @SuppressWarnings("weft:dropped-coroutine") // each call throws
    void nullIsRefusedAtTheCallByName() {
        assertThatThrownBy(() -> Retry.of(1, null, RetryTest::always, this::failing))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("backoff");
        assertThatThrownBy(() -> Retry.of(1, AT_ONCE, null, this::failing))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("which");
        assertThatThrownBy(() -> Retry.of(1, AT_ONCE, RetryTest::always, null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("body");
    }
}
