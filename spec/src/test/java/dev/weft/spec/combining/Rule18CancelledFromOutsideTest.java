package dev.weft.spec.combining;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.timeout;
import static dev.weft.spec.order.Virtual.now;
import static dev.weft.spec.order.Virtual.thrownBy;
import static dev.weft.spec.order.Virtual.turns;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Promise;
import dev.weft.Task;
import dev.weft.spec.order.Virtual;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** A cancellation from outside stays one, whatever the timeout does around that time. */
class Rule18CancelledFromOutsideTest {
    @Test
    void beforeTheExpiry() {
        Virtual.run(
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
    void inTheSameIterationBeforeTheExpirysHandle() {
        assertStaysACancellation(true);
    }

    @Test
    void inTheSameIterationAfterTheExpirysHandle() {
        assertStaysACancellation(false);
    }

    @Test
    void duringTheCleanUpForTheExpiry() {
        Virtual.run(
                () -> {
                    Task<Void> task = Task.create(timeout(ofSeconds(1), slowToEnd()));
                    await(sleep(ofSeconds(2)));
                    task.cancel("outside");
                    assertThat(await(thrownBy(task)))
                            .isInstanceOf(CancelledError.class)
                            .hasMessage("outside");
                    assertThat(now()).isEqualTo(2);
                    assertThat(task.cancelling()).isEqualTo(1);
                    return Coroutine.done();
                });
    }

    @Test
    void withTheExpiryDuringItsCleanUp() {
        Virtual.run(
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
    void byTheBodyItself() {
        Virtual.run(
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
    void ofWhatIsAwaitedIsNoTimeoutEither() {
        Virtual.run(
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
    void aRequestThatTheTaskHadSwallowedBeforeDoesNotCount() {
        Virtual.run(
                () -> {
                    Task<Void> task =
                            Task.create(
                                    () -> {
                                        await(thrownBy(sleep(ofSeconds(9))));
                                        assertThat(Task.current().cancelling()).isEqualTo(1);
                                        return timeout(ofSeconds(1), sleep(ofSeconds(9)));
                                    });
                    await(turns(1));
                    task.cancel("swallowed");
                    assertThat(await(thrownBy(task))).isInstanceOf(TimeoutException.class);
                    assertThat(task.cancelling()).isEqualTo(1);
                    return Coroutine.done();
                });
    }

    private static void assertStaysACancellation(boolean before) {
        Virtual.run(
                () -> {
                    EventLoop loop = EventLoop.current();
                    Task<?>[] limited = new Task<?>[1];
                    if (before) {
                        loop.callLater(ofSeconds(1), () -> limited[0].cancel("outside"));
                    }
                    Task<Void> task = Task.create(timeout(ofSeconds(1), sleep(ofSeconds(9))));
                    limited[0] = task;
                    await(turns(1));
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
