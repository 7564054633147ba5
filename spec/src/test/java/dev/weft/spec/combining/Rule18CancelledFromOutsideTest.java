package dev.weft.spec.combining;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.timeout;
import static dev.weft.junit.VirtualTime.elapsed;
import static dev.weft.junit.VirtualTime.iterations;
import static dev.weft.spec.support.Awaits.thrownBy;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Promise;
import dev.weft.Task;
import dev.weft.junit.VirtualTime;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Rule 18: a cancellation from outside is not turned into a timeout. */
class Rule18CancelledFromOutsideTest {
    @Test
    void aCancellationBeforeTheExpiryStaysACancellation() {
        VirtualTime.run(
                () -> {
                    Task<Void> task = Task.create(timeout(ofSeconds(2), sleep(ofSeconds(9))));
                    await(sleep(ofSeconds(1)));
                    task.cancel("outside");
                    assertThat(await(thrownBy(task)))
                            .isInstanceOf(CancelledError.class)
                            .hasMessage("outside");
                    assertThat(task.cancelled()).isTrue();
                    return Coroutine.done();
                });
    }

    @Test
    void aCancellationJustBeforeTheExpiryInTheSameIterationStaysACancellation() {
        assertStaysACancellation(true);
    }

    @Test
    void aCancellationJustAfterTheExpiryInTheSameIterationStaysACancellation() {
        assertStaysACancellation(false);
    }

    @Test
    void aCancellationDuringTheCleanUpForTheExpiryStaysACancellation() {
        VirtualTime.run(
                () -> {
                    Task<Void> task = Task.create(timeout(ofSeconds(1), slowToEnd()));
                    await(sleep(ofSeconds(2)));
                    task.cancel("outside");
                    assertThat(await(thrownBy(task)))
                            .isInstanceOf(CancelledError.class)
                            .hasMessage("outside");
                    assertThat(elapsed()).isEqualTo(ofSeconds(2));
                    assertThat(task.cancelling()).isEqualTo(1);
                    return Coroutine.done();
                });
    }

    @Test
    void aCancellationStaysACancellationIfTheLimitExpiresDuringItsCleanUp() {
        VirtualTime.run(
                () -> {
                    Task<Void> task = Task.create(timeout(ofSeconds(2), slowToEnd()));
                    await(sleep(ofSeconds(1)));
                    task.cancel("outside");
                    assertThat(await(thrownBy(task))).isInstanceOf(CancelledError.class);
                    assertThat(task.cancelled()).isTrue();
                    assertThat(task.cancelling()).isEqualTo(1);
                    return Coroutine.done();
                });
    }

    @Test
    void aBodyThatCancelsItsOwnTaskEndsCancelled() {
        VirtualTime.run(
                () -> {
                    Task<Void> task =
                            Task.create(
                                    timeout(
                                            ofSeconds(1),
                                            Coroutine.from(
                                                    () -> {
                                                        Task.current().cancel("self");
                                                        await(sleep(ofSeconds(9)));
                                                        return Coroutine.done();
                                                    })));
                    assertThat(await(thrownBy(task)))
                            .isInstanceOf(CancelledError.class)
                            .hasMessage("self");
                    return Coroutine.done();
                });
    }

    @Test
    void aCancellationOfTheAwaitedPromiseIsNoTimeout() {
        VirtualTime.run(
                () -> {
                    Promise<Void> promise = new Promise<>();
                    EventLoop.current().callLater(ofSeconds(1), () -> promise.cancel("owner"));
                    assertThat(await(thrownBy(timeout(ofSeconds(2), promise))))
                            .isInstanceOf(CancelledError.class)
                            .hasMessage("owner");
                    assertThat(Task.current().cancelling()).isZero();
                    return Coroutine.done();
                });
    }

    @Test
    void aRequestThatTheTaskSwallowedEarlierDoesNotHideTheTimeout() {
        VirtualTime.run(
                () -> {
                    Task<Void> task =
                            Task.create(
                                    () -> {
                                        await(thrownBy(sleep(ofSeconds(9))));
                                        assertThat(Task.current().cancelling()).isEqualTo(1);
                                        return timeout(ofSeconds(1), sleep(ofSeconds(9)));
                                    });
                    await(iterations(1));
                    task.cancel("swallowed");
                    assertThat(await(thrownBy(task))).isInstanceOf(TimeoutException.class);
                    assertThat(task.cancelling()).isEqualTo(1);
                    return Coroutine.done();
                });
    }

    private static void assertStaysACancellation(boolean before) {
        VirtualTime.run(
                () -> {
                    EventLoop loop = EventLoop.current();
                    Task<?>[] limited = new Task<?>[1];
                    if (before) {
                        loop.callLater(ofSeconds(1), () -> limited[0].cancel("outside"));
                    }
                    Task<Void> task = Task.create(timeout(ofSeconds(1), sleep(ofSeconds(9))));
                    limited[0] = task;
                    await(iterations(1));
                    if (!before) {
                        loop.callLater(ofSeconds(1), () -> limited[0].cancel("outside"));
                    }
                    Throwable thrown = await(thrownBy(task));
                    assertThat(thrown).isInstanceOf(CancelledError.class);
                    if (before) {
                        assertThat(thrown).hasMessage("outside");
                    }
                    assertThat(task.cancelled()).isTrue();
                    assertThat(task.cancelling()).isEqualTo(1);
                    return Coroutine.done();
                });
    }

    @Async
    private static Coroutine<Void> slowToEnd() {
        try {
            await(sleep(ofSeconds(9)));
        } finally {
            await(sleep(ofSeconds(5)));
        }
        return Coroutine.done();
    }
}
