package dev.weft.spec.cancelling;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static dev.weft.junit.VirtualTime.iterations;
import static dev.weft.spec.support.Awaits.thrownBy;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Awaitable;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.Promise;
import dev.weft.Task;
import dev.weft.TaskGroup;
import dev.weft.Weft;
import dev.weft.junit.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Rule 17: the message of a cancellation, and exceptions that are cancellations. */
class Rule17MessagesTest {
    private final List<String> messages = new ArrayList<>();

    @Test
    void theMessageOfARequestReachesTheAwaiter() {
        VirtualTime.run(
                () -> {
                    Task<Void> task = Task.create(() -> noting(sleep(ofSeconds(9))));
                    await(iterations(1));
                    task.cancel("the user has gone");
                    assertThat(await(thrownBy(task)))
                            .isInstanceOf(CancelledError.class)
                            .hasMessage("the user has gone");
                    return Coroutine.done();
                });

        assertThat(messages).containsExactly("the user has gone");
    }

    @Test
    void theMessageOfATimeoutContainsTheWordTimeout() {
        VirtualTime.run(
                () -> {
                    Throwable thrown =
                            await(
                                    thrownBy(
                                            Weft.timeout(
                                                    ofSeconds(1), noting(sleep(ofSeconds(9))))));
                    assertThat(thrown).isInstanceOf(TimeoutException.class);
                    assertThat(thrown.getCause().getMessage()).contains("timeout");
                    return Coroutine.done();
                });

        assertThat(messages).singleElement().asString().contains("timeout");
    }

    @Test
    void theMessageOfAGroupContainsTheWordGroup() {
        VirtualTime.run(
                () -> {
                    Coroutine<Void> failing =
                            TaskGroup.scope(
                                    group -> {
                                        group.create(() -> noting(sleep(ofSeconds(9))));
                                        group.create(() -> failingAfterASecond());
                                        await(noting(sleep(ofSeconds(9))));
                                        return Coroutine.done();
                                    });
                    assertThat(await(thrownBy(failing))).hasMessage("child");
                    Coroutine<Void> cancelled =
                            TaskGroup.scope(
                                    group -> {
                                        group.create(() -> noting(sleep(ofSeconds(9))));
                                        await(iterations(2));
                                        group.cancel();
                                        await(noting(sleep(ofSeconds(9))));
                                        return Coroutine.done();
                                    });
                    await(cancelled);
                    return Coroutine.done();
                });

        assertThat(messages).hasSize(4).allMatch(message -> message.contains("group"));
    }

    @Test
    void theMessageOfAShutDownContainsTheWordsShutDown() {
        VirtualTime.run(
                () -> {
                    Task.create(() -> noting(sleep(ofSeconds(9))));
                    await(iterations(1));
                    return Coroutine.done();
                });

        assertThat(messages).singleElement().asString().contains("shut down");
    }

    @Test
    void aPromiseThatFailsWithCancelledErrorIsCancelled() {
        VirtualTime.run(
                () -> {
                    CancelledError error = new CancelledError("by hand");
                    Promise<Void> promise = new Promise<>();
                    Task<Void> task = Task.create(() -> noting(promise));
                    await(iterations(1));
                    assertThat(promise.fail(error)).isTrue();
                    assertThat(promise.cancelled()).isTrue();
                    assertThat(await(thrownBy(task))).isSameAs(error);
                    assertThat(task.cancelled()).isTrue();
                    assertThat(task.cancelling()).isZero();
                    return Coroutine.done();
                });

        assertThat(messages).containsExactly("by hand");
    }

    @Test
    void aBodyThatThrowsItsOwnCancelledErrorEndsCancelled() {
        VirtualTime.run(
                () -> {
                    CancelledError error = new CancelledError("by itself");
                    Task<Void> task = Task.create(() -> Coroutine.failed(error));
                    assertThat(await(thrownBy(task))).isSameAs(error);
                    assertThat(task.cancelled()).isTrue();
                    assertThat(task.cancelling()).isZero();
                    return Coroutine.done();
                });
    }

    @Test
    void cancellationExceptionThrownByABodyIsAnOrdinaryFailure() {
        VirtualTime.run(
                () -> {
                    CancellationException exception = new CancellationException("j.u.c.");
                    Task<Void> task = Task.create(() -> Coroutine.failed(exception));
                    Promise<Void> promise = new Promise<>();
                    promise.fail(exception);
                    assertThat(await(thrownBy(task))).isSameAs(exception);
                    assertThat(task.state()).isEqualTo(Task.State.FAILED);
                    assertThat(task.cancelled() || promise.cancelled()).isFalse();
                    assertThat(promise.exception()).isSameAs(exception);
                    return Coroutine.done();
                });
    }

    private static Coroutine<Void> failingAfterASecond() {
        return Coroutine.from(
                () -> {
                    await(sleep(ofSeconds(1)));
                    throw new IllegalStateException("child");
                });
    }

    private Coroutine<Void> noting(Awaitable<Void> awaited) {
        return Coroutine.from(
                () -> {
                    try {
                        await(awaited);
                    } catch (CancelledError error) {
                        messages.add(error.getMessage());
                        throw error;
                    }
                    return Coroutine.done();
                });
    }

    @Test
    void aCancelledErrorWithoutAMessageHasANullMessage() {
        VirtualTime.run(
                () -> {
                    Promise<Void> promise = new Promise<>();
                    promise.fail(new CancelledError());
                    assertThat(promise.cancelled()).isTrue();
                    assertThat(await(thrownBy(promise))).hasMessage(null);
                    return Coroutine.done();
                });
    }
}
