package dev.weft.spec.threads;

import static dev.weft.Weft.await;
import static dev.weft.Weft.blocking;
import static dev.weft.Weft.sleep;
import static dev.weft.junit.VirtualTime.iterations;
import static java.time.Duration.ofDays;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.weft.Async;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Promise;
import dev.weft.Runner;
import dev.weft.Task;
import dev.weft.Weft;
import dev.weft.junit.VirtualTime;
import dev.weft.spec.support.OtherThread;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Rules 28 and 33: every future that another thread may wait for ends, at the latest with the loop.
 */
@Timeout(30)
class FuturesOfAClosedLoopTest {
    private final VirtualTime.Recorder program = VirtualTime.recorder();

    @Test
    void theFutureOfATaskThatRefusesToEndEndsWithTheLoop() {
        List<CompletableFuture<Void>> futures = new ArrayList<>();
        program.run(
                () -> {
                    Task<Void> task = Task.create(() -> neverEnds());
                    futures.add(task.toCompletableFuture());
                    futures.add(EventLoop.current().submit(() -> neverEnds()));
                    await(iterations(3));
                    return Coroutine.done();
                });
        assertThat(futures).allMatch(CompletableFuture::isCompletedExceptionally);
    }

    @Test
    void theFutureOfAPendingPromiseEndsWithTheLoop() {
        CompletableFuture<Void> future =
                program.run(() -> Coroutine.of(new Promise<Void>().toCompletableFuture()));
        assertThat(future).isCompletedExceptionally();
    }

    @Test
    void theFutureOfBlockingWorkThatEndsAfterTheLoopEnds() throws Exception {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        CountDownLatch closed = new CountDownLatch(1);
        CompletableFuture<String> future;
        try (Runner runner = Weft.runner().executor(executor)) {
            future =
                    runner.run(
                            () -> Coroutine.of(blocking(() -> late(closed)).toCompletableFuture()));
        }
        closed.countDown();
        executor.shutdown();
        assertThat(executor.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        Throwable thrown = catchThrowable(() -> future.get(5, TimeUnit.SECONDS));
        assertThat(thrown instanceof TimeoutException).as("the future is pending").isFalse();
    }

    private static String late(CountDownLatch closed) throws InterruptedException {
        closed.await();
        return "late";
    }

    /** Swallows every cancellation. In virtual time the end of the loop sees that at once. */
    @Async
    private static Coroutine<Void> neverEnds() {
        while (true) {
            try {
                await(new Promise<Void>());
            } catch (CancelledError swallowed) {
                await(iterations(1));
            }
        }
    }

    @Test
    void aSubmissionCancelledBeforeItsFirstStepByTheEndSaysSoInItsFuture() {
        boolean[] ran = {false};
        CompletableFuture<Void> future;
        try (Runner runner = Weft.runner()) {
            EventLoop loop = runner.loop();
            future =
                    loop.submit(
                            () -> {
                                ran[0] = true;
                                return Coroutine.done();
                            });
        }
        assertThat(future).isDone();
        assertThat(future.isCancelled()).isEqualTo(!ran[0]);
    }

    @Test
    void otherThreadsThatWaitForASubmissionAreReleasedByTheEndOfTheLoop() throws Exception {
        FutureTask<Throwable> waiting;
        try (Runner runner = Weft.runner()) {
            EventLoop loop = runner.loop();
            CompletableFuture<Void> future =
                    OtherThread.call(() -> loop.submit(() -> sleep(ofDays(1))));
            runner.run(iterations(2));
            waiting = OtherThread.start(() -> catchThrowable(future::get));
            assertThat(waiting.isDone()).isFalse();
        }
        assertThat(waiting.get()).isInstanceOf(CancellationException.class);
    }

    @Test
    void aSubmittedTaskThatFailsAfterItsFutureWasCancelledIsReportedOnce() {
        program.run(
                () -> {
                    CompletableFuture<Void> future =
                            EventLoop.current().submit(() -> failsInItsCleanUp());
                    await(iterations(2));
                    future.cancel(true);
                    await(iterations(5));
                    assertThat(future).isCancelled();
                    return Coroutine.done();
                });
        assertThat(program.reportedMessages()).containsExactly("clean-up");
    }

    @Test
    void aSubmittedTaskThatFailsIsNotReportedBecauseItsFutureFails() {
        program.run(
                () -> {
                    CompletableFuture<Void> future =
                            EventLoop.current()
                                    .submit(() -> Coroutine.failed(new IllegalStateException()));
                    await(iterations(3));
                    assertThat(future).isCompletedExceptionally();
                    return Coroutine.done();
                });
        assertThat(program.reports()).isEmpty();
    }

    @Async
    private static Coroutine<Void> failsInItsCleanUp() {
        try {
            await(sleep(ofDays(1)));
        } catch (CancelledError cancelled) {
            throw new IllegalStateException("clean-up");
        }
        return Coroutine.done();
    }
}
