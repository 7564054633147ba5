package dev.weft.spec.threads;

import static dev.weft.Weft.await;
import static dev.weft.Weft.blocking;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.timeout;
import static dev.weft.spec.support.Awaits.thrownBy;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.Deferred;
import dev.weft.Runner;
import dev.weft.Task;
import dev.weft.TaskGroup;
import dev.weft.Weft;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rule 35a: cancelled blocking work ends only when its thread has left the work. */
@Timeout(30)
class BlockingCancelTest {
    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch interrupted = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private final AtomicBoolean inUse = new AtomicBoolean();

    /** Uses a resource until it is interrupted, and needs the latch to give the resource back. */
    private String useResource() throws InterruptedException {
        inUse.set(true);
        started.countDown();
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            interrupted.countDown();
            release.await();
        } finally {
            inUse.set(false);
        }
        return "value";
    }

    private static boolean reached(CountDownLatch latch) throws InterruptedException {
        latch.await();
        return true;
    }

    @Test
    void theResultEndsCancelledOnlyWhenTheThreadHasLeftTheWork() {
        Weft.run(
                () -> {
                    Deferred<String> work = blocking(this::useResource);
                    await(blocking(() -> reached(started)));
                    assertThat(work.cancel("enough")).isTrue();
                    await(blocking(() -> reached(interrupted)));
                    assertThat(work.done()).as("done while the thread is in the work").isFalse();
                    release.countDown();
                    assertThat(await(thrownBy(work)))
                            .isInstanceOf(CancelledError.class)
                            .hasMessage("enough");
                    assertThat(work.cancelled()).isTrue();
                    assertThat(inUse).isFalse();
                    return Coroutine.done();
                });
    }

    @Test
    void aCleanUpThatFollowsTheWorkRunsWhenTheThreadHasLeftTheWork() {
        Weft.run(
                () -> {
                    AtomicBoolean inUseInCleanUp = new AtomicBoolean();
                    Task<Void> task = Task.create(() -> worksAndCleansUp(inUseInCleanUp));
                    await(blocking(() -> reached(started)));
                    task.cancel();
                    await(blocking(() -> reached(interrupted)));
                    release.countDown();
                    assertThat(await(thrownBy(task))).isInstanceOf(CancelledError.class);
                    assertThat(inUseInCleanUp).isFalse();
                    return Coroutine.done();
                });
    }

    @Async
    private Coroutine<Void> worksAndCleansUp(AtomicBoolean inUseInCleanUp) {
        try {
            await(blocking(this::useResource));
        } finally {
            inUseInCleanUp.set(inUse.get());
        }
        return Coroutine.done();
    }

    @Test
    void aTimeoutWaitsUntilTheThreadHasLeftTheWork() {
        Weft.run(
                () -> {
                    Task<Throwable> limited =
                            Task.create(
                                    thrownBy(timeout(ofMillis(5), blocking(this::useResource))));
                    await(blocking(() -> reached(interrupted)));
                    assertThat(limited.done()).isFalse();
                    release.countDown();
                    assertThat(await(limited)).isInstanceOf(TimeoutException.class);
                    assertThat(inUse).isFalse();
                    return Coroutine.done();
                });
    }

    @Test
    void aGroupWaitsUntilTheThreadHasLeftTheWork() {
        Weft.run(
                () -> {
                    Task<Void> scope =
                            Task.create(
                                    TaskGroup.<Void>scope(
                                            group -> {
                                                group.create(
                                                        () ->
                                                                Coroutine.of(
                                                                        await(
                                                                                blocking(
                                                                                        this
                                                                                                ::useResource))));
                                                await(blocking(() -> reached(started)));
                                                group.cancel();
                                                return Coroutine.done();
                                            }));
                    await(blocking(() -> reached(interrupted)));
                    assertThat(scope.done()).isFalse();
                    release.countDown();
                    await(scope);
                    assertThat(inUse).isFalse();
                    return Coroutine.done();
                });
    }

    @Test
    void theEndOfTheLoopWaitsUntilTheThreadHasLeftTheWork() {
        Weft.run(
                () -> {
                    Task.create(() -> Coroutine.of(await(blocking(this::useResource))));
                    await(blocking(() -> reached(started)));
                    Thread releaser = new Thread(() -> releaseAfterTheInterrupt());
                    releaser.setDaemon(true);
                    releaser.start();
                    return Coroutine.done();
                });
        assertThat(inUse).isFalse();
    }

    private void releaseAfterTheInterrupt() {
        try {
            interrupted.await();
            long until = System.nanoTime() + ofMillis(100).toNanos();
            while (System.nanoTime() < until) {
                Thread.onSpinWait();
            }
            release.countDown();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theThreadOfCancelledWorkIsInterrupted() {
        Weft.run(
                () -> {
                    Deferred<String> work = blocking(this::useResource);
                    await(blocking(() -> reached(started)));
                    work.cancel();
                    await(blocking(() -> reached(interrupted)));
                    release.countDown();
                    assertThat(await(thrownBy(work))).isInstanceOf(CancelledError.class);
                    return Coroutine.done();
                });
    }

    @Test
    void aSecondCancelIsHarmless() {
        Weft.run(
                () -> {
                    Deferred<String> work = blocking(this::useResource);
                    await(blocking(() -> reached(started)));
                    work.cancel("first");
                    work.cancel("second");
                    release.countDown();
                    assertThat(await(thrownBy(work)))
                            .isInstanceOf(CancelledError.class)
                            .hasMessage("first");
                    return Coroutine.done();
                });
    }

    @Test
    void workThatIsCancelledBeforeItsThreadStartsItNeverRuns() {
        AtomicBoolean ran = new AtomicBoolean();
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try (Runner runner = Weft.runner().executor(executor)) {
            runner.run(
                    () -> {
                        Deferred<String> first = blocking(this::useResource);
                        Deferred<Boolean> second = blocking(() -> ran.getAndSet(true));
                        second.cancel();
                        release.countDown();
                        first.cancel();
                        await(thrownBy(first));
                        assertThat(await(thrownBy(second))).isInstanceOf(CancelledError.class);
                        return sleep(ofMillis(1));
                    });
        } finally {
            executor.shutdown();
        }
        assertThat(ran).isFalse();
    }

    @Test
    void theThreadsOfBlockingWorkHaveNames() {
        String name =
                Weft.run(
                        () ->
                                Coroutine.of(
                                        await(blocking(() -> Thread.currentThread().getName()))));
        assertThat(name).startsWith("weft-blocking-");
    }
}
