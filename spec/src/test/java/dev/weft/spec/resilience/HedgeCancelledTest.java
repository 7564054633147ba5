package dev.weft.spec.resilience;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.timeout;
import static dev.weft.junit.VirtualTime.elapsed;
import static dev.weft.junit.VirtualTime.iterations;
import static dev.weft.spec.resilience.Journal.assertNothingIsLeft;
import static dev.weft.spec.support.Awaits.thrownBy;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.AsyncCallable;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.Promise;
import dev.weft.Task;
import dev.weft.junit.VirtualTime;
import dev.weft.resilience.Hedge;
import dev.weft.sync.AsyncLock;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Hedge: cancellations and timeouts from outside. */
class HedgeCancelledTest {
    private final VirtualTime.Recorder program = VirtualTime.recorder();
    private final Journal journal = new Journal();
    private int attempts;

    private Coroutine<String> hedged(AsyncCallable<String> body) {
        return Hedge.of(
                ofMillis(100),
                9,
                () -> {
                    attempts++;
                    return body.call();
                });
    }

    @Test
    void cancellingTheCallCancelsAllAttemptsAndWaitsForThem() {
        program.run(
                () -> {
                    Task<String> call =
                            Task.create(hedged(() -> journal.cleansUp("" + attempts, 999, 500)));
                    await(sleep(ofMillis(150)));
                    call.cancel("enough");
                    await(sleep(ofMillis(100)));
                    call.cancel("once more");
                    assertThat(await(thrownBy(call)))
                            .isInstanceOf(CancelledError.class)
                            .hasMessage("enough");
                    assertThat(elapsed()).isEqualTo(ofMillis(650));
                    assertNothingIsLeft();
                    await(sleep(ofSeconds(9)));
                    return Coroutine.done();
                });
        journal.reads(
                "0 1 starts",
                "100 2 starts",
                "150 1 is cancelled: enough",
                "150 2 is cancelled: enough",
                "650 1 is clean",
                "650 2 is clean");
    }

    @Test
    void aCallThatIsCancelledBeforeItsFirstStepStartsNothing() {
        program.run(
                () -> {
                    Task<String> call = Task.create(hedged(() -> journal.succeeds("a", 10)));
                    call.cancel();
                    assertThat(await(thrownBy(call))).isInstanceOf(CancelledError.class);
                    await(sleep(ofSeconds(1)));
                    return Coroutine.done();
                });
        assertThat(attempts).isZero();
    }

    @Test
    void theFailureOfACleanUpWinsOverTheCancellationAndStartsNoAttempt() {
        program.run(
                () -> {
                    Task<String> call =
                            Task.create(hedged(() -> journal.failsInItsCleanUp("" + attempts, 10)));
                    await(sleep(ofMillis(150)));
                    call.cancel();
                    Throwable thrown = await(thrownBy(call));
                    assertThat(thrown).isInstanceOf(IOException.class).hasMessage("1's clean-up");
                    assertThat(thrown.getSuppressed())
                            .extracting(Throwable::getMessage)
                            .containsExactly("2's clean-up");
                    assertThat(attempts).isEqualTo(2);
                    return Coroutine.done();
                });
        assertThat(program.reports()).isEmpty();
    }

    @Test
    void failuresBeforeTheCancellationAreDropped() {
        program.run(
                () -> {
                    Task<String> call =
                            Task.create(
                                    hedged(
                                            () ->
                                                    attempts == 1
                                                            ? journal.fails("1", 10)
                                                            : journal.succeeds("2", 999)));
                    await(sleep(ofMillis(50)));
                    call.cancel("enough");
                    assertThat(await(thrownBy(call)))
                            .isInstanceOf(CancelledError.class)
                            .hasMessage("enough");
                    return Coroutine.done();
                });
        assertThat(program.reports()).isEmpty();
    }

    @Test
    void aCancellationInAnyIterationAroundTheValueLeavesNothingBehind() {
        for (int iteration = 0; iteration < 8; iteration++) {
            int last = iteration;
            program.run(
                    () -> {
                        attempts = 0;
                        Task<String> call =
                                Task.create(hedged(() -> sleep(ofMillis(150), "" + attempts)));
                        await(sleep(ofMillis(150)));
                        await(iterations(last));
                        boolean isRequested = call.cancel("tie");
                        Throwable thrown = await(thrownBy(call));
                        if (isRequested) {
                            assertThat(thrown).isInstanceOf(CancelledError.class).hasMessage("tie");
                        } else {
                            assertThat(call.result()).isEqualTo("1");
                        }
                        assertThat(elapsed()).isEqualTo(ofMillis(150));
                        assertNothingIsLeft();
                        return Coroutine.done();
                    });
        }
        assertThat(program.reports()).isEmpty();
    }

    @Test
    void aFailureInTheIterationOfTheCancellationDoesNotWakeTheCallerLater() {
        for (int iteration = 0; iteration < 6; iteration++) {
            int last = iteration;
            program.run(
                    () -> {
                        AsyncLock lock = new AsyncLock();
                        await(lock.acquire());
                        Task<String> call = Task.create(() -> catchesAndWaitsFor(lock));
                        await(sleep(ofMillis(50)));
                        await(iterations(last));
                        call.cancel("tie");
                        await(iterations(10));
                        assertThat(call.done()).as("nothing wakes it but the lock").isFalse();
                        lock.release();
                        assertThat(await(call)).isEqualTo("went on");
                        assertThat(lock.locked()).isTrue();
                        return Coroutine.done();
                    });
        }
        assertThat(program.reports()).isEmpty();
    }

    @Async
    private Coroutine<String> catchesAndWaitsFor(AsyncLock lock) {
        try {
            await(hedged(() -> journal.fails("a", 50)));
        } catch (CancelledError cancelled) {
            await(lock.acquire());
        }
        return Coroutine.of("went on");
    }

    @Test
    void aTimeoutAroundTheCallThrowsWhenAllAttemptsHaveEnded() {
        program.run(
                () -> {
                    Throwable thrown =
                            await(
                                    thrownBy(
                                            timeout(
                                                    ofMillis(150),
                                                    hedged(
                                                            () ->
                                                                    journal.cleansUp(
                                                                            "" + attempts,
                                                                            999,
                                                                            7)))));
                    assertThat(thrown)
                            .isInstanceOf(TimeoutException.class)
                            .hasCauseInstanceOf(CancelledError.class);
                    assertThat(elapsed()).isEqualTo(ofMillis(157));
                    assertThat(Task.current().cancelling()).isZero();
                    assertNothingIsLeft();
                    return Coroutine.done();
                });
    }

    @Test
    void aTimeoutInTheBodyIsAFailureThatStartsTheNextAttempt() {
        program.run(
                () -> {
                    Coroutine<String> hedged =
                            hedged(
                                    () ->
                                            timeout(
                                                    ofMillis(30),
                                                    journal.succeeds(
                                                            "" + attempts, 60 / attempts)));
                    assertThat(await(hedged)).isEqualTo("3");
                    assertThat(elapsed()).isEqualTo(ofMillis(80));
                    return Coroutine.done();
                });
    }

    @Test
    void theTimerEndsWithTheCall() {
        Throwable stuck =
                program.failureOf(
                        () -> {
                            await(Hedge.of(ofSeconds(9), 2, () -> journal.succeeds("a", 10)));
                            return Coroutine.of(await(new Promise<String>()));
                        });

        // Virtual time would go on to a timer that is left.
        assertThat(stuck).isInstanceOf(IllegalStateException.class);
        assertThat(program.elapsed()).isEqualTo(ofMillis(10));
    }
}
