package dev.weft.spec.resilience;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static dev.weft.junit.VirtualTime.elapsed;
import static dev.weft.spec.support.Awaits.thrownBy;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofNanos;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Async;
import dev.weft.AsyncCallable;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Task;
import dev.weft.junit.VirtualTime;
import dev.weft.resilience.CircuitBreaker;
import dev.weft.resilience.CircuitBreaker.State;
import dev.weft.resilience.CircuitOpenException;
import dev.weft.spec.support.Misbehaving;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The circuit breaker: its states, one call after the other. */
class CircuitBreakerTest {
    private final VirtualTime.Recorder program = VirtualTime.recorder();
    private final CircuitBreaker breaker = CircuitBreaker.of(3, ofSeconds(30));
    private int called;

    private Coroutine<Throwable> failing() {
        return thrownBy(
                breaker.call(
                        () -> {
                            called++;
                            throw new IOException("no answer");
                        }));
    }

    private Coroutine<String> succeeding() {
        return breaker.call(
                () -> {
                    called++;
                    return Coroutine.of("value");
                });
    }

    @Async
    private Coroutine<Void> open() {
        for (int i = 0; i < 3; i++) {
            assertThat(breaker.state()).isEqualTo(State.CLOSED);
            assertThat(await(failing())).isInstanceOf(IOException.class);
        }
        assertThat(breaker.state()).isEqualTo(State.OPEN);
        called = 0;
        return Coroutine.done();
    }

    @Test
    void aClosedBreakerPassesValuesAndFailuresOn() {
        program.run(
                () -> {
                    assertThat(await(succeeding())).isEqualTo("value");
                    assertThat(await(failing())).hasMessage("no answer");
                    assertThat(breaker.state()).isEqualTo(State.CLOSED);
                    return Coroutine.done();
                });
    }

    @Test
    void theBodyRunsAtOnceInTheCurrentTask() {
        program.run(
                () -> {
                    Coroutine<Task<?>> call = breaker.call(() -> Coroutine.of(Task.current()));
                    assertThat((Object) await(call)).isSameAs(Task.current());
                    return Coroutine.done();
                });
    }

    @Test
    void soManyFailuresInARowOpenIt() {
        program.run(
                () -> {
                    await(open());
                    assertThat(await(thrownBy(succeeding())))
                            .isInstanceOf(CircuitOpenException.class);
                    assertThat(called).isZero();
                    return Coroutine.done();
                });
    }

    @Test
    void aSuccessInBetweenStartsTheCountAnew() {
        program.run(
                () -> {
                    for (int i = 0; i < 9; i++) {
                        await(failing());
                        await(failing());
                        await(succeeding());
                    }
                    assertThat(breaker.state()).isEqualTo(State.CLOSED);
                    assertThat(called).isEqualTo(27);
                    return Coroutine.done();
                });
    }

    @Test
    void theExceptionSaysUntilWhenItIsOpenOnTheScaleOfTheLoop() {
        program.run(
                () -> {
                    await(sleep(ofSeconds(5)));
                    await(open());
                    await(sleep(ofSeconds(10)));
                    CircuitOpenException thrown =
                            (CircuitOpenException) await(thrownBy(succeeding()));
                    assertThat(thrown.until()).isEqualTo(ofSeconds(35).toNanos());
                    assertThat(thrown).hasMessage("the circuit breaker is open for another PT20S");
                    return Coroutine.done();
                });
    }

    @Test
    void itIsHalfOpenWhenTheTimeHasPassedToTheNanosecond() {
        program.run(
                () -> {
                    await(open());
                    await(sleep(ofSeconds(30).minusNanos(1)));
                    assertThat(breaker.state()).isEqualTo(State.OPEN);
                    assertThat(await(thrownBy(succeeding())))
                            .isInstanceOf(CircuitOpenException.class);
                    await(sleep(ofNanos(1)));
                    assertThat(breaker.state()).isEqualTo(State.HALF_OPEN);
                    return Coroutine.done();
                });
    }

    @Test
    void aTrialThatSucceedsClosesItAndTheCountStartsAnew() {
        program.run(
                () -> {
                    await(open());
                    await(sleep(ofSeconds(30)));
                    assertThat(await(succeeding())).isEqualTo("value");
                    await(open());
                    return Coroutine.done();
                });
    }

    @Test
    void aTrialThatFailsOpensItForTheWholeTime() {
        program.run(
                () -> {
                    await(open());
                    await(sleep(ofSeconds(50)));
                    assertThat(await(failing())).isInstanceOf(IOException.class);
                    assertThat(breaker.state()).isEqualTo(State.OPEN);
                    CircuitOpenException thrown =
                            (CircuitOpenException) await(thrownBy(succeeding()));
                    assertThat(thrown.until()).isEqualTo(ofSeconds(80).toNanos());
                    assertThat(called).isEqualTo(1);
                    return Coroutine.done();
                });
    }

    @Test
    void aBodyThatThrowsAtTheCallOrReturnsNullHasFailed() {
        program.run(
                () -> {
                    AsyncCallable<Void> nothing = () -> null;
                    for (int i = 0; i < 3; i++) {
                        assertThat(await(thrownBy(breaker.call(nothing))))
                                .isInstanceOf(NullPointerException.class);
                    }
                    assertThat(breaker.state()).isEqualTo(State.OPEN);
                    return Coroutine.done();
                });
    }

    @ParameterizedTest
    @EnumSource
    void anExceptionThatMisbehavesCountsLikeAnyOther(Misbehaving.Method method) {
        program.run(
                () -> {
                    for (int i = 0; i < 3; i++) {
                        RuntimeException misbehaving = Misbehaving.exception(method);
                        Throwable thrown =
                                await(thrownBy(breaker.call(() -> Coroutine.failed(misbehaving))));
                        assertThat(thrown == misbehaving).isTrue();
                    }
                    assertThat(breaker.state()).isEqualTo(State.OPEN);
                    return Coroutine.done();
                });
    }

    @Test
    void aBreakerMayStayOpenForEver() {
        CircuitBreaker forEver = CircuitBreaker.of(1, ofSeconds(Long.MAX_VALUE));
        program.run(
                () -> {
                    await(thrownBy(forEver.call(() -> Coroutine.failed(new IOException()))));
                    await(sleep(ofSeconds(1L << 32)));
                    assertThat(forEver.state()).isEqualTo(State.OPEN);
                    CircuitOpenException thrown =
                            (CircuitOpenException)
                                    await(thrownBy(forEver.call(() -> Coroutine.of(1))));
                    assertThat(thrown.until()).isEqualTo(Long.MAX_VALUE);
                    return Coroutine.done();
                });
    }

    @Test
    void whoeverWaitsUntilThenMakesTheTrial() {
        program.run(
                () -> {
                    await(open());
                    CircuitOpenException thrown =
                            (CircuitOpenException) await(thrownBy(succeeding()));
                    await(sleep(ofNanos(thrown.until() - EventLoop.current().time())));
                    assertThat(await(succeeding())).isEqualTo("value");
                    assertThat(elapsed()).isEqualTo(ofSeconds(30));
                    return Coroutine.done();
                });
    }

    @Test
    @SuppressWarnings("weft:dropped-coroutine") // each call throws
    void argumentsOutOfRangeAreRefused() {
        for (int failures : new int[] {0, -1}) {
            assertThatThrownBy(() -> CircuitBreaker.of(failures, ofSeconds(1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("failures < 1: " + failures);
        }
        for (Duration open : List.of(ZERO, ofSeconds(-1))) {
            assertThatThrownBy(() -> CircuitBreaker.of(1, open))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("open <= 0: " + open);
        }
        assertThatThrownBy(() -> CircuitBreaker.of(1, null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("open");
        assertThatThrownBy(() -> breaker.call(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("body");
    }
}
