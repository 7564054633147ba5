package dev.weft.spec.resilience;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.timeout;
import static dev.weft.junit.VirtualTime.iterations;
import static dev.weft.spec.support.Awaits.thrownBy;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.Promise;
import dev.weft.Task;
import dev.weft.junit.VirtualTime;
import dev.weft.resilience.CircuitBreaker;
import dev.weft.resilience.CircuitBreaker.State;
import dev.weft.resilience.CircuitOpenException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** The circuit breaker with calls at the same time, and with cancelled calls. */
class CircuitBreakerConcurrentTest {
    private final VirtualTime.Recorder program = VirtualTime.recorder();
    private final CircuitBreaker breaker = CircuitBreaker.of(2, ofSeconds(30));
    private final Journal journal = new Journal();

    /** A call whose end the test decides. */
    private final class Call {
        private final Promise<String> answer = new Promise<>();
        private final Task<Throwable> task =
                Task.create(thrownBy(breaker.call(() -> Coroutine.of(await(answer)))));
    }

    private static void succeed(Call call) {
        call.answer.complete("value");
    }

    private static void fail(Call call) {
        call.answer.fail(new IOException());
    }

    private List<Call> begun(int count) {
        List<Call> calls = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            calls.add(new Call());
        }
        return calls;
    }

    @Test
    void callsAtTheSameTimeCountInTheOrderInWhichTheyEnd() {
        program.run(
                () -> {
                    List<Call> calls = begun(5);
                    await(iterations(1));
                    fail(calls.get(4));
                    succeed(calls.get(0));
                    fail(calls.get(1));
                    await(iterations(2));
                    assertThat(breaker.state()).isEqualTo(State.CLOSED);
                    fail(calls.get(3));
                    await(iterations(2));
                    assertThat(breaker.state()).isEqualTo(State.OPEN);
                    return Coroutine.done();
                });
    }

    @Test
    void theEndOfACallFromBeforeTheOpeningChangesNothing() {
        program.run(
                () -> {
                    List<Call> calls = begun(6);
                    await(iterations(1));
                    fail(calls.get(0));
                    fail(calls.get(1));
                    await(sleep(ofSeconds(10)));
                    succeed(calls.get(2));
                    fail(calls.get(3));
                    await(sleep(ofSeconds(10)));
                    assertThat(breaker.state()).isEqualTo(State.OPEN);
                    await(sleep(ofSeconds(10)));
                    assertThat(breaker.state()).as("not prolonged").isEqualTo(State.HALF_OPEN);
                    fail(calls.get(4));
                    succeed(calls.get(5));
                    await(iterations(2));
                    assertThat(breaker.state()).isEqualTo(State.HALF_OPEN);
                    return Coroutine.done();
                });
    }

    @Test
    void theEndOfACallFromBeforeTheOpeningChangesNothingAfterTheClosingEither() {
        program.run(
                () -> {
                    List<Call> old = begun(4);
                    await(iterations(1));
                    fail(old.get(0));
                    fail(old.get(1));
                    await(sleep(ofSeconds(30)));
                    Call trial = new Call();
                    await(iterations(1));
                    succeed(trial);
                    await(iterations(2));
                    assertThat(breaker.state()).isEqualTo(State.CLOSED);

                    List<Call> fresh = begun(2);
                    await(iterations(1));
                    fail(old.get(2));
                    fail(fresh.get(0));
                    await(iterations(2));
                    assertThat(breaker.state()).isEqualTo(State.CLOSED);
                    succeed(old.get(3));
                    fail(fresh.get(1));
                    await(iterations(2));
                    assertThat(breaker.state()).isEqualTo(State.OPEN);
                    return Coroutine.done();
                });
    }

    @Test
    void onlyOneTrialRunsAtATime() {
        program.run(
                () -> {
                    await(open());
                    Call trial = new Call();
                    Call other = new Call();
                    await(iterations(2));
                    assertThat(await(other.task))
                            .isInstanceOf(CircuitOpenException.class)
                            .hasMessage("the circuit breaker is half open, and a trial is running");
                    CircuitOpenException refused = (CircuitOpenException) other.task.result();
                    assertThat(refused.until()).isEqualTo(ofSeconds(30).toNanos());
                    succeed(trial);
                    assertThat(await(trial.task)).isNull();
                    assertThat(breaker.state()).isEqualTo(State.CLOSED);
                    return Coroutine.done();
                });
    }

    /** Opens the breaker and waits until it is half open. */
    private Coroutine<Void> open() {
        return Coroutine.from(
                () -> {
                    List<Call> calls = begun(2);
                    await(iterations(1));
                    calls.forEach(CircuitBreakerConcurrentTest::fail);
                    await(sleep(ofSeconds(30)));
                    assertThat(breaker.state()).isEqualTo(State.HALF_OPEN);
                    return Coroutine.done();
                });
    }

    @Test
    void aCancelledTrialMakesRoomForAnother() {
        program.run(
                () -> {
                    await(open());
                    Call first = new Call();
                    await(iterations(1));
                    first.task.cancel();
                    assertThat(await(thrownBy(first.task))).isNull();
                    assertThat(first.task.result()).isInstanceOf(CancelledError.class);
                    assertThat(breaker.state()).isEqualTo(State.HALF_OPEN);
                    Call second = new Call();
                    await(iterations(1));
                    succeed(second);
                    assertThat(await(second.task)).isNull();
                    assertThat(breaker.state()).isEqualTo(State.CLOSED);
                    return Coroutine.done();
                });
    }

    @Test
    void aTrialIsRunningUntilItsCleanUpHasEnded() {
        program.run(
                () -> {
                    await(open());
                    Task<String> trial =
                            Task.create(breaker.call(() -> journal.cleansUp("a", 999, 100)));
                    await(sleep(ofMillis(10)));
                    trial.cancel();
                    await(sleep(ofMillis(50)));
                    assertThat(await(thrownBy(breaker.call(() -> Coroutine.of("b")))))
                            .isInstanceOf(CircuitOpenException.class);
                    await(sleep(ofMillis(50)));
                    assertThat(await(breaker.call(() -> Coroutine.of("b")))).isEqualTo("b");
                    return Coroutine.done();
                });
    }

    @Test
    void aCancelledCallIsNoFailure() {
        program.run(
                () -> {
                    for (int i = 0; i < 5; i++) {
                        Call call = new Call();
                        await(iterations(1));
                        call.task.cancel();
                        await(iterations(2));
                    }
                    assertThat(breaker.state()).isEqualTo(State.CLOSED);
                    return Coroutine.done();
                });
    }

    @Test
    void aCancelledCallIsNoSuccessEither() {
        program.run(
                () -> {
                    List<Call> calls = begun(3);
                    await(iterations(1));
                    fail(calls.get(0));
                    await(iterations(2));
                    calls.get(1).task.cancel();
                    await(iterations(2));
                    fail(calls.get(2));
                    await(iterations(2));
                    assertThat(breaker.state()).isEqualTo(State.OPEN);
                    return Coroutine.done();
                });
    }

    @Test
    void aFailureOfTheCleanUpAfterACancellationIsNoFailureOfTheService() {
        program.run(
                () -> {
                    for (int i = 0; i < 5; i++) {
                        Task<String> call =
                                Task.create(breaker.call(() -> journal.failsInItsCleanUp("a", 10)));
                        await(iterations(2));
                        call.cancel();
                        assertThat(await(thrownBy(call))).isInstanceOf(IOException.class);
                    }
                    assertThat(breaker.state()).isEqualTo(State.CLOSED);
                    return Coroutine.done();
                });
    }

    @Test
    void aTimeoutInTheBodyCountsAndOneAroundTheCallDoesNot() {
        program.run(
                () -> {
                    for (int i = 0; i < 5; i++) {
                        await(
                                thrownBy(
                                        timeout(
                                                ofMillis(10),
                                                breaker.call(() -> journal.succeeds("a", 999)))));
                    }
                    assertThat(breaker.state()).isEqualTo(State.CLOSED);
                    for (int i = 0; i < 2; i++) {
                        Throwable thrown =
                                await(
                                        thrownBy(
                                                breaker.call(
                                                        () ->
                                                                timeout(
                                                                        ofMillis(10),
                                                                        journal.succeeds(
                                                                                "a", 999)))));
                        assertThat(thrown).isInstanceOf(TimeoutException.class);
                    }
                    assertThat(breaker.state()).isEqualTo(State.OPEN);
                    return Coroutine.done();
                });
    }

    @Test
    void aCallInsideATrialIsRefused() {
        program.run(
                () -> {
                    await(open());
                    Throwable thrown =
                            await(
                                    thrownBy(
                                            breaker.call(
                                                    () -> breaker.call(() -> Coroutine.of(1)))));
                    assertThat(thrown).isInstanceOf(CircuitOpenException.class);
                    assertThat(breaker.state()).isEqualTo(State.OPEN);
                    return Coroutine.done();
                });
    }
}
