package dev.weft.spec.resilience;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.timeout;
import static dev.weft.junit.VirtualTime.elapsed;
import static dev.weft.spec.resilience.Journal.assertNothingIsLeft;
import static dev.weft.spec.support.Awaits.thrownBy;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.AsyncCallable;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.junit.VirtualTime;
import dev.weft.resilience.Backoff;
import dev.weft.resilience.Retry;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Retry: a cancellation of the caller is never retried. */
class RetryCancelledTest {
    private static final Backoff PAUSE = Backoff.constant(ofMillis(100));

    private final VirtualTime.Recorder program = VirtualTime.recorder();
    private final Journal journal = new Journal();
    private int attempts;

    private <T> Coroutine<T> retried(AsyncCallable<T> body) {
        return Retry.of(
                9,
                PAUSE,
                failure -> true,
                () -> {
                    attempts++;
                    return body.call();
                });
    }

    @Test
    void aCancellationInAnAttemptEndsTheCall() {
        program.run(
                () -> {
                    Task<String> task = Task.create(retried(() -> journal.succeeds("a", 500)));
                    await(sleep(ofMillis(200)));
                    task.cancel("enough");
                    assertThat(await(thrownBy(task)))
                            .isInstanceOf(CancelledError.class)
                            .hasMessage("enough")
                            .hasNoSuppressedExceptions();
                    assertThat(elapsed()).isEqualTo(ofMillis(200));
                    return Coroutine.done();
                });
        assertThat(attempts).isEqualTo(1);
    }

    @Test
    void aCancellationInAPauseEndsTheCall() {
        program.run(
                () -> {
                    Task<String> task = Task.create(retried(() -> journal.fails("a", 10)));
                    await(sleep(ofMillis(50)));
                    task.cancel("enough");
                    assertThat(await(thrownBy(task)))
                            .isInstanceOf(CancelledError.class)
                            .hasMessage("enough");
                    assertThat(elapsed()).isEqualTo(ofMillis(50));
                    assertNothingIsLeft();
                    return Coroutine.done();
                });
        assertThat(attempts).isEqualTo(1);
    }

    @Test
    void aCancelledErrorOfTheBodyItselfIsNotRetried() {
        CancelledError own = new CancelledError("own");

        assertThat(program.failureOf(() -> retried(() -> Coroutine.failed(own)))).isSameAs(own);
        assertThat(attempts).isEqualTo(1);
    }

    @Test
    void aFailureOfTheCleanUpAfterACancellationIsNotRetried() {
        program.run(
                () -> {
                    Task<String> task =
                            Task.create(retried(() -> journal.failsInItsCleanUp("a", 10)));
                    await(sleep(ofMillis(50)));
                    task.cancel();
                    assertThat(await(thrownBy(task))).isInstanceOf(IOException.class);
                    assertThat(elapsed()).isEqualTo(ofMillis(60));
                    return Coroutine.done();
                });
        assertThat(attempts).isEqualTo(1);
    }

    @Test
    void aCancellationThatTheBodyTakesBackDoesNotEndTheCall() {
        program.run(
                () -> {
                    Task<String> task = Task.create(retried(() -> failsOnceCancelled()));
                    await(sleep(ofMillis(50)));
                    task.cancel();
                    assertThat(await(task)).isEqualTo("second");
                    assertThat(elapsed()).isEqualTo(ofMillis(150));
                    return Coroutine.done();
                });
    }

    @Async
    private Coroutine<String> failsOnceCancelled() throws IOException {
        if (attempts == 2) {
            return Coroutine.of("second");
        }
        try {
            await(sleep(ofMillis(500)));
        } catch (CancelledError cancelled) {
            Task.current().uncancel();
        }
        throw new IOException("first");
    }

    @Test
    void aRequestFromBeforeTheCallDoesNotKeepItFromRetrying() {
        program.run(
                () -> {
                    Task<String> task = Task.create(() -> retriesAfterACancellation());
                    await(sleep(ofMillis(50)));
                    task.cancel();
                    assertThat(await(task)).isEqualTo("second");
                    return Coroutine.done();
                });
    }

    @Async
    private Coroutine<String> retriesAfterACancellation() throws IOException {
        try {
            await(sleep(ofMillis(500)));
        } catch (CancelledError swallowed) {
            assertThat(Task.current().cancelling()).isEqualTo(1);
        }
        return Coroutine.of(
                await(
                        retried(
                                () ->
                                        attempts == 2
                                                ? Coroutine.of("second")
                                                : journal.fails("first", 10))));
    }

    @Test
    void aTaskThatCancelsItselfInAnAttemptIsCancelledInThePause() {
        program.run(
                () -> {
                    Task<String> task =
                            Task.create(
                                    retried(
                                            () -> {
                                                Task.current().cancel("own");
                                                throw new IOException("failed");
                                            }));
                    assertThat(await(thrownBy(task))).isInstanceOf(IOException.class);
                    return Coroutine.done();
                });
        assertThat(attempts).isEqualTo(1);
    }

    @Test
    void aTimeoutAroundTheCallEndsIt() {
        program.run(
                () -> {
                    Throwable thrown =
                            await(
                                    thrownBy(
                                            timeout(
                                                    ofMillis(250),
                                                    retried(() -> journal.fails("a", 10)))));
                    assertThat(thrown).isInstanceOf(TimeoutException.class);
                    assertThat(elapsed()).isEqualTo(ofMillis(250));
                    assertThat(Task.current().cancelling()).isZero();
                    return Coroutine.done();
                });
        assertThat(attempts).isEqualTo(3);
    }

    @Test
    void aTimeoutInTheBodyIsAFailureLikeAnyOther() {
        program.run(
                () -> {
                    String value =
                            await(
                                    retried(
                                            () ->
                                                    timeout(
                                                            ofMillis(30),
                                                            journal.succeeds(
                                                                    "attempt " + attempts,
                                                                    60 / attempts))));
                    assertThat(value).isEqualTo("attempt 3");
                    return Coroutine.done();
                });
        journal.reads(
                "0 attempt 1 starts",
                "30 attempt 1 is cancelled: timeout of PT0.03S",
                "130 attempt 2 starts",
                "160 attempt 2 is cancelled: timeout of PT0.03S",
                "260 attempt 3 starts",
                "280 attempt 3 succeeds");
    }
}
