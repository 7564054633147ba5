package dev.weft.spec.threads;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.weft.Async;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.LoopThread;
import dev.weft.Runner;
import dev.weft.Task;
import dev.weft.Unhandled;
import dev.weft.Weft;
import dev.weft.spec.support.NotInDebuggerMode;
import dev.weft.spec.support.NotInDebuggerMode.Difference;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rules 26, 32 and 33 for a loop on a thread of its own. */
@Timeout(60)
class LoopThreadTest {
    private final List<String> log = Collections.synchronizedList(new ArrayList<>());

    @Test
    @NotInDebuggerMode(Difference.THREAD_OF_A_TASK)
    void submittedBodiesRunOnTheNamedThread() throws Exception {
        try (LoopThread loops = LoopThread.start("network")) {
            assertThat(loops.submit(() -> Coroutine.of(Thread.currentThread().getName())).get())
                    .isEqualTo("network");
        }
    }

    @Test
    void submittedBodiesRunAsTasksOfTheLoop() throws Exception {
        try (LoopThread loops = LoopThread.start("network")) {
            assertThat(loops.submit(() -> sleep(ofMillis(1), "value")).get()).isEqualTo("value");
            assertThat(loops.submit(() -> Coroutine.of(EventLoop.current())).get())
                    .isSameAs(loops.loop());
        }
    }

    @Test
    void theThreadIsNoDaemonEvenIfADaemonHasStartedIt() throws Exception {
        CompletableFuture<Boolean> isDaemon = new CompletableFuture<>();
        Thread starter =
                new Thread(
                        () -> {
                            try (LoopThread loops = LoopThread.start("network")) {
                                loops.loop().execute(() -> isDaemon.complete(isDaemon()));
                            }
                        });
        starter.setDaemon(true);
        starter.start();
        assertThat(isDaemon.get()).isFalse();
    }

    private static boolean isDaemon() {
        return Thread.currentThread().isDaemon();
    }

    @Test
    void failuresAndCancellationsReachTheFuture() throws Exception {
        IOException failure = new IOException("submitted");
        try (LoopThread loops = LoopThread.start("network")) {
            assertThat(catchThrowable(loops.submit(() -> Coroutine.failed(failure))::get))
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isSameAs(failure);
            CountDownLatch started = new CountDownLatch(1);
            CompletableFuture<Void> sleeping = loops.submit(() -> sleepsAndLogs(started));
            started.await();
            sleeping.cancel(true);
            loops.submit(() -> sleep(ofMillis(1))).get();
            assertThat(log).containsExactly("cancelled");
        }
    }

    @Async
    private Coroutine<Void> sleepsAndLogs(CountDownLatch started) {
        started.countDown();
        try {
            await(sleep(ofDays(1)));
        } catch (CancelledError cancelled) {
            log.add("cancelled");
            throw cancelled;
        }
        return Coroutine.done();
    }

    @Test
    void theLoopRunsWithoutASubmittedBody() throws Exception {
        try (LoopThread loops = LoopThread.start("network")) {
            CompletableFuture<String> called = new CompletableFuture<>();
            loops.loop().execute(() -> called.complete(Thread.currentThread().getName()));
            assertThat(called.get()).isEqualTo("network");
        }
    }

    @Test
    void settingsApplyToTheRunnerOfTheLoop() throws Exception {
        List<Unhandled> reports = Collections.synchronizedList(new ArrayList<>());
        try (LoopThread loops =
                LoopThread.start("network", runner -> runner.exceptionHandler(reports::add))) {
            loops.loop().execute(() -> Integer.parseInt("one"));
            loops.submit(() -> sleep(ofMillis(1))).get();
        }
        assertThat(reports).hasSize(1);
    }

    @Test
    void closeCancelsEveryTaskAndReturnsWhenAllHaveEnded() throws Exception {
        CompletableFuture<Void> sleeping;
        CountDownLatch started = new CountDownLatch(2);
        try (LoopThread loops = LoopThread.start("network")) {
            sleeping = loops.submit(() -> sleepsAndLogs(started));
            loops.loop().execute(() -> Task.create(() -> sleepsAndLogs(started)));
            started.await();
        }
        assertThat(sleeping).isCancelled();
        assertThat(log).containsExactly("cancelled", "cancelled");
    }

    @Test
    void workThatWasAcceptedBeforeTheCloseRuns() {
        try (LoopThread loops = LoopThread.start("network")) {
            for (int i = 0; i < 1_000; i++) {
                loops.loop().execute(() -> log.add("ran"));
            }
        }
        assertThat(log).hasSize(1_000);
    }

    @Test
    void theThreadHasEndedAfterTheClose() throws Exception {
        Thread thread;
        try (LoopThread loops = LoopThread.start("network")) {
            thread = loops.loop().thread();
        }
        assertThat(thread.isAlive()).isFalse();
    }

    @Test
    void aClosedLoopThreadRejectsWorkAndClosingTwiceIsHarmless() {
        LoopThread loops = LoopThread.start("network");
        EventLoop loop = loops.loop();
        loops.close();
        loops.close();
        assertThatThrownBy(() -> loops.submit(() -> Coroutine.done()))
                .isInstanceOf(RejectedExecutionException.class);
        assertThatThrownBy(() -> loop.execute(() -> {}))
                .isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    @Tag("slow")
    void closeTakesTenSecondsAtMostIfATaskRefusesToEnd() throws Exception {
        List<Unhandled> reports = Collections.synchronizedList(new ArrayList<>());
        LoopThread loops =
                LoopThread.start("network", runner -> runner.exceptionHandler(reports::add));
        CountDownLatch started = new CountDownLatch(1);
        CompletableFuture<Void> endless = loops.submit(() -> refusesToEnd(started));
        started.await();
        long begun = System.nanoTime();
        loops.close();

        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .isBetween(ofSeconds(9), ofSeconds(20));
        assertThat(endless).failsWithin(ofSeconds(20)); // at about the same time
        assertThat(reports).hasSize(1);
    }

    @Async
    private static Coroutine<Void> refusesToEnd(CountDownLatch started) {
        started.countDown();
        while (true) {
            try {
                await(sleep(ofDays(1)));
            } catch (CancelledError swallowed) {
                await(sleep(ofMillis(1)));
            }
        }
    }

    @Test
    void nullIsRefusedAtTheCall() {
        assertThatThrownBy(() -> LoopThread.start(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> LoopThread.start("name", null))
                .isInstanceOf(NullPointerException.class);
        try (LoopThread loops = LoopThread.start("network")) {
            assertThatThrownBy(() -> loops.submit(null)).isInstanceOf(NullPointerException.class);
        }
    }

    @Test
    void aRunnerWhoseLoopBelongsToAnotherThreadIsRefused() {
        try (Runner runner = Weft.runner()) {
            assertThat(runner.loop()).isNotNull();
            assertThatThrownBy(() -> LoopThread.start("network", mine -> runner))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("thread network");
        }
    }
}
