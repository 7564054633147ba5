package dev.weft.spec.threads;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static java.time.Duration.ZERO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Promise;
import dev.weft.Runner;
import dev.weft.Task;
import dev.weft.Weft;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rules 32 and 33: a closed loop, and a loop that closes while work is handed in. */
@Timeout(60)
class ClosedLoopTest {
    private static final int THREADS = 3;

    /** Multiplied by the repetition, so that the end of the loop comes at many different points. */
    private static final int HANDED_IN = 10;

    @Test
    void schedulingOnAClosedLoopIsIllegalAndExecuteAndSubmitAreRejected() throws Exception {
        EventLoop loop = closedLoop();

        assertThatThrownBy(() -> loop.callSoon(() -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        assertThatThrownBy(() -> loop.callLater(ZERO, () -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        assertThatThrownBy(() -> loop.callAt(0, () -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        assertRejects(loop);
        onAnotherThread(
                () -> {
                    assertRejects(loop);
                    return null;
                });
    }

    private static void assertRejects(EventLoop loop) {
        assertThatThrownBy(() -> loop.execute(() -> {}))
                .isInstanceOf(RejectedExecutionException.class);
        assertThatThrownBy(() -> loop.submit(() -> Coroutine.done()))
                .isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void completingAPromiseOfAClosedLoopSetsItAndDropsItsCallbacks() throws Exception {
        List<String> log = new ArrayList<>();
        Runner runner = Weft.runner();
        Promise<String> mine = new Promise<>(runner.loop());
        Promise<String> theirs = new Promise<>(runner.loop());
        mine.addDoneCallback(done -> log.add("called"));
        theirs.addDoneCallback(done -> log.add("called"));
        runner.close();

        assertThat(mine.complete("value")).isTrue();
        assertThat(onAnotherThread(() -> theirs.complete("value"))).isTrue();
        assertThat(mine.complete("again")).isFalse();
        assertThat(mine.result()).isEqualTo("value");
        assertThat(theirs.result()).isEqualTo("value");
        assertThat(log).isEmpty();
    }

    @Test
    void theFutureOfATaskThatEndsWithItsLoopIsCancelled() throws Exception {
        List<CompletableFuture<Void>> futures = new ArrayList<>();
        Weft.run(
                () -> {
                    Task<Void> left = Task.create(() -> sleep(java.time.Duration.ofDays(1)));
                    futures.add(left.toCompletableFuture());
                    futures.add(
                            EventLoop.current().submit(() -> sleep(java.time.Duration.ofDays(1))));
                    await(sleep(ZERO));
                    await(sleep(ZERO));
                    return Coroutine.done();
                });
        assertThat(futures).allMatch(CompletableFuture::isCancelled);
        assertThat(futures.get(0).cancel(true)).isTrue(); // harmless on a closed loop
    }

    @RepeatedTest(60)
    void executeWhileTheLoopClosesRunsOrIsRejected(RepetitionInfo repetition) throws Exception {
        AtomicInteger ran = new AtomicInteger();
        AtomicInteger accepted = new AtomicInteger();
        CyclicBarrier start = new CyclicBarrier(THREADS + 1);
        Runner runner = Weft.runner();
        EventLoop loop = runner.loop();
        List<FutureTask<Integer>> senders = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            senders.add(
                    started(
                            () -> {
                                start.await();
                                int sent = 0;
                                try {
                                    while (sent < HANDED_IN * repetition.getCurrentRepetition()) {
                                        loop.execute(ran::incrementAndGet);
                                        sent++;
                                    }
                                } catch (RejectedExecutionException closed) {
                                    return accepted.addAndGet(sent);
                                }
                                return accepted.addAndGet(sent);
                            }));
        }
        start.await();
        runner.run(sleep(ZERO));
        runner.close();
        for (FutureTask<Integer> sender : senders) {
            sender.get();
        }

        assertThat(ran.get()).isEqualTo(accepted.get());
    }

    @RepeatedTest(60)
    void submitWhileTheLoopClosesEndsOrIsRejected(RepetitionInfo repetition) throws Exception {
        CyclicBarrier start = new CyclicBarrier(THREADS + 1);
        Runner runner = Weft.runner();
        EventLoop loop = runner.loop();
        List<FutureTask<List<CompletableFuture<Integer>>>> senders = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            senders.add(
                    started(
                            () -> {
                                start.await();
                                List<CompletableFuture<Integer>> sent = new ArrayList<>();
                                try {
                                    while (sent.size()
                                            < HANDED_IN * repetition.getCurrentRepetition()) {
                                        sent.add(loop.submit(() -> sleep(ZERO, 1)));
                                    }
                                } catch (RejectedExecutionException closed) {
                                    return sent;
                                }
                                return sent;
                            }));
        }
        start.await();
        runner.run(sleep(ZERO));
        runner.close();

        for (FutureTask<List<CompletableFuture<Integer>>> sender : senders) {
            assertThat(sender.get()).allMatch(CompletableFuture::isDone);
        }
    }

    @RepeatedTest(20)
    void noWakeUpIsLostWhileTheLoopFallsAsleep() throws Exception {
        int rounds = 500;
        Runner[] runner = new Runner[1];
        CountDownLatch ready = new CountDownLatch(1);
        List<Promise<Integer>> promises = new ArrayList<>();
        FutureTask<Integer> loop =
                started(
                        () -> {
                            runner[0] = Weft.runner();
                            for (int i = 0; i < rounds; i++) {
                                promises.add(new Promise<>(runner[0].loop()));
                            }
                            ready.countDown();
                            try (Runner made = runner[0]) {
                                return made.run(
                                        () -> {
                                            int sum = 0;
                                            for (Promise<Integer> promise : promises) {
                                                sum += await(promise);
                                            }
                                            return Coroutine.of(sum);
                                        });
                            }
                        });
        ready.await();
        // The loop may be awake, asleep or in between at each completion.
        for (Promise<Integer> promise : promises) {
            assertThat(promise.complete(1)).isTrue();
        }
        assertThat(loop.get(20, TimeUnit.SECONDS)).isEqualTo(rounds);
    }

    @RepeatedTest(50)
    void ofACompletionByAnotherThreadAndACancellationExactlyOneWins() throws Exception {
        CyclicBarrier start = new CyclicBarrier(2);
        try (Runner runner = Weft.runner()) {
            Promise<String> promise = new Promise<>(runner.loop());
            FutureTask<Boolean> other =
                    started(
                            () -> {
                                start.await();
                                return promise.complete("value");
                            });
            Throwable seen =
                    runner.run(
                            () -> {
                                Task<String> awaiter =
                                        Task.create(() -> Coroutine.of(await(promise)));
                                await(sleep(ZERO));
                                meet(start);
                                assertThat(awaiter.cancel("raced")).isTrue();
                                while (!awaiter.done()) {
                                    await(sleep(ZERO));
                                }
                                return Coroutine.of(catchThrowable(awaiter::result));
                            });

            assertThat(seen).isInstanceOf(CancelledError.class).hasMessage("raced");
            assertThat(promise.cancelled()).isEqualTo(!other.get());
        }
    }

    private static void meet(CyclicBarrier barrier) throws Exception {
        barrier.await();
    }

    private static EventLoop closedLoop() {
        Runner runner = Weft.runner();
        EventLoop loop = runner.loop();
        runner.close();
        return loop;
    }

    private static <T> FutureTask<T> started(Callable<T> action) {
        FutureTask<T> task = new FutureTask<>(action);
        new Thread(task).start();
        return task;
    }

    private static <T> T onAnotherThread(Callable<T> action) throws Exception {
        return started(action).get();
    }
}
