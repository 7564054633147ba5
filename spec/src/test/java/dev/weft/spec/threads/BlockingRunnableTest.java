package dev.weft.spec.threads;

import static dev.weft.Weft.abandonable;
import static dev.weft.Weft.await;
import static dev.weft.Weft.blocking;
import static dev.weft.Weft.timeout;
import static dev.weft.spec.support.Awaits.thrownBy;
import static dev.weft.spec.support.Threads.hasParked;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.BlockingRunnable;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.Deferred;
import dev.weft.TaskLocal;
import dev.weft.Weft;
import dev.weft.junit.VirtualTime;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rule 35a for {@code blocking} of a runnable and for {@code abandonable}. */
@Timeout(30)
class BlockingRunnableTest {
    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private final AtomicBoolean inUse = new AtomicBoolean();

    private String useResource() {
        inUse.set(true);
        started.countDown();
        while (release.getCount() > 0) {
            try {
                release.await();
            } catch (InterruptedException ignored) {
                Thread.onSpinWait();
            }
        }
        inUse.set(false);
        return "value";
    }

    @Test
    void aRunnableRunsOffTheLoopAndGivesNull() {
        AtomicBoolean ran = new AtomicBoolean();
        VirtualTime.run(
                () -> {
                    Thread loop = Thread.currentThread();
                    Deferred<Void> work =
                            blocking(
                                    () -> {
                                        ran.set(Thread.currentThread() != loop);
                                    });
                    assertThat(await(work)).isNull();
                    return Coroutine.done();
                });
        assertThat(ran).isTrue();
    }

    @Test
    void aRunnableMayThrowACheckedException() {
        IOException failure = new IOException("checked");
        BlockingRunnable failing =
                () -> {
                    throw failure;
                };
        VirtualTime.run(
                () -> {
                    assertThat(await(thrownBy(blocking(failing)))).isSameAs(failure);
                    return Coroutine.done();
                });
    }

    @Test
    void aCancelledRunnableEndsOnlyWhenItsThreadHasLeftIt() {
        BlockingRunnable work = this::useResource;
        Weft.run(
                () -> {
                    Deferred<Void> running = blocking(work);
                    await(blocking(() -> started.await()));
                    running.cancel("enough");
                    assertThat(running.done()).isFalse();
                    release.countDown();
                    assertThat(await(thrownBy(running)))
                            .isInstanceOf(CancelledError.class)
                            .hasMessage("enough");
                    assertThat(inUse).isFalse();
                    return Coroutine.done();
                });
    }

    @Test
    void abandonableWorkGivesItsResultOrFailure() {
        IOException failure = new IOException("checked");
        TaskLocal<String> local = TaskLocal.create();
        VirtualTime.run(
                () -> {
                    local.set("local");
                    assertThat(await(abandonable(local::get))).isEqualTo("local");
                    Callable<Void> failing =
                            () -> {
                                throw failure;
                            };
                    assertThat(await(thrownBy(abandonable(failing)))).isSameAs(failure);
                    return Coroutine.done();
                });
    }

    @Test
    void cancelledAbandonableWorkEndsAtOnceWhileItsThreadStillRuns() {
        Weft.run(
                () -> {
                    Deferred<String> work = abandonable(this::useResource);
                    await(blocking(() -> started.await()));
                    assertThat(work.cancel("enough")).isTrue();
                    assertThat(await(thrownBy(work)))
                            .isInstanceOf(CancelledError.class)
                            .hasMessage("enough");
                    assertThat(inUse).isTrue();
                    release.countDown();
                    return Coroutine.done();
                });
    }

    @Test
    void aTimeoutAroundAbandonableWorkDoesNotWaitForItsThread() {
        Weft.run(
                () -> {
                    assertThat(
                                    await(
                                            thrownBy(
                                                    timeout(
                                                            ofMillis(20),
                                                            abandonable(this::useResource)))))
                            .isInstanceOf(TimeoutException.class);
                    assertThat(inUse).isTrue();
                    release.countDown();
                    return Coroutine.done();
                });
    }

    @Test
    void virtualTimeStandsStillWhileAbandonableWorkIsAwaited() {
        VirtualTime.run(
                () -> {
                    boolean[] fired = {false};
                    dev.weft.EventLoop.current().callLater(ofMillis(1), () -> fired[0] = true);
                    Thread loop = Thread.currentThread();
                    await(abandonable(() -> hasParked(loop)));
                    assertThat(fired[0]).isFalse();
                    return Coroutine.done();
                });
    }

    @Test
    void nullIsRefusedAtTheCallAndSoIsACallOutsideALoop() {
        VirtualTime.run(
                () -> {
                    assertThatThrownBy(() -> blocking((BlockingRunnable) null))
                            .isInstanceOf(NullPointerException.class);
                    assertThatThrownBy(() -> abandonable(null))
                            .isInstanceOf(NullPointerException.class);
                    return Coroutine.done();
                });
        assertThatThrownBy(() -> abandonable(() -> 1)).isInstanceOf(IllegalStateException.class);
    }
}
