package dev.weft.spec.ending;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.timeout;
import static dev.weft.junit.VirtualTime.elapsed;
import static dev.weft.spec.support.Awaits.thrownBy;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Coroutine;
import dev.weft.Deferred;
import dev.weft.EventLoop;
import dev.weft.Promise;
import dev.weft.Task;
import dev.weft.junit.VirtualTime;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rule 30: a future that the loop itself completes does not hold up virtual time. */
@Timeout(20)
class OwnFuturesInVirtualTimeTest {
    @Test
    void timeGoesOnWhileAFutureOfTheLoopsOwnSubmitIsAwaited() {
        VirtualTime.run(
                () -> {
                    CompletableFuture<String> future =
                            EventLoop.current().submit(() -> sleep(ofSeconds(5), "value"));
                    assertThat(await(future)).isEqualTo("value");
                    assertThat(elapsed()).isEqualTo(ofSeconds(5));
                    return Coroutine.done();
                });
    }

    @Test
    void timeGoesOnWhileTheFutureOfATaskIsAwaited() {
        VirtualTime.run(
                () -> {
                    Task<String> task = Task.create(() -> sleep(ofSeconds(5), "value"));
                    assertThat(await(task.toCompletableFuture())).isEqualTo("value");
                    assertThat(elapsed()).isEqualTo(ofSeconds(5));
                    return Coroutine.done();
                });
    }

    @Test
    void aTimeoutAroundAFutureOfTheLoopItselfExpires() {
        VirtualTime.run(
                () -> {
                    CompletableFuture<Void> future = new Promise<Void>().toCompletableFuture();
                    assertThat(await(thrownBy(timeout(ofSeconds(1), Deferred.from(future)))))
                            .isInstanceOf(TimeoutException.class);
                    assertThat(elapsed()).isEqualTo(ofSeconds(1));
                    return Coroutine.done();
                });
    }

    @Test
    void awaitingAFutureOfTheLoopItselfThatNothingCompletesIsADeadlock() {
        assertThat(
                        VirtualTime.failureOf(
                                () -> {
                                    Promise<Void> never = new Promise<>();
                                    return Coroutine.of(await(never.toCompletableFuture()));
                                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Task-1");
    }
}
