package dev.weft.spec.ending;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Promise;
import dev.weft.Runner;
import dev.weft.Task;
import dev.weft.Unhandled;
import dev.weft.Weft;
import dev.weft.junit.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Rule 26 with tasks that refuse to end: the wait is bounded, and the report names them. */
class TasksThatRefuseToEndTest {
    private final VirtualTime.Recorder program = VirtualTime.recorder();

    @Test
    void aTaskThatNeverEndsIsNamedAfterTenSecondsAndAcceptedWorkStillRuns() throws Exception {
        List<Unhandled> reports = new ArrayList<>();
        CountDownLatch handedIn = new CountDownLatch(1);
        List<CompletableFuture<String>> accepted = new ArrayList<>();
        long start;
        try (Runner runner = Weft.runner().virtualTime().exceptionHandler(reports::add)) {
            EventLoop loop = runner.loop();
            Thread late =
                    new Thread(
                            () -> {
                                accepted.add(loop.submit(() -> Coroutine.of("late")));
                                handedIn.countDown();
                            });
            runner.run(
                    () -> {
                        Task.create("endless", () -> neverEnds());
                        Task.create("obedient", () -> sleep(ofDays(1)));
                        Task.create("handing in", () -> handsInAtTheEnd(late, handedIn));
                        await(sleep(ofSeconds(1)));
                        return Coroutine.done();
                    });
            start = System.nanoTime();
        }
        Duration took = Duration.ofNanos(System.nanoTime() - start);

        assertThat(took).isBetween(ofSeconds(9), ofSeconds(15));
        assertThat(reports).hasSize(1);
        assertThat(reports.get(0).exception())
                .hasMessageContaining("endless")
                .hasMessageContaining("neverEnds")
                .hasMessageNotContaining("obedient");
        assertThat(accepted.get(0)).isDone();
    }

    /** Swallows every cancellation. In virtual time the sleeps take no real time. */
    @Async
    private static Coroutine<Void> neverEnds() {
        while (true) {
            try {
                await(sleep(ofSeconds(1)));
            } catch (CancelledError swallowed) {
                await(sleep(ZERO));
            }
        }
    }

    @Async
    private static Coroutine<Void> handsInAtTheEnd(Thread late, CountDownLatch handedIn)
            throws InterruptedException {
        try {
            await(sleep(ofDays(1)));
        } finally {
            late.start();
            waitFor(handedIn); // handed in during the end, and therefore accepted
        }
        return Coroutine.done();
    }

    private static void waitFor(CountDownLatch latch) throws InterruptedException {
        latch.await();
    }

    @Test
    void aTaskThatCanNeverEndIsNamedAtOnceInVirtualTime() {
        program.run(
                () -> {
                    Task.create("stuck task", () -> awaitsNothingWhenCancelled());
                    await(sleep(ofSeconds(1)));
                    return Coroutine.done();
                });

        assertThat(program.reportedMessages()).hasSize(1);
        assertThat(program.reportedMessages().get(0))
                .contains("stuck task")
                .contains("awaitsNothingWhenCancelled");
    }

    @Async
    private static Coroutine<Void> awaitsNothingWhenCancelled() {
        try {
            await(sleep(ofDays(1)));
        } finally {
            await(new Promise<Void>());
        }
        return Coroutine.done();
    }

    @Test
    void theEndWaitsForATaskThatSwallowsItsCancellationAndReturns() {
        List<String> log = new ArrayList<>();
        program.run(
                () -> {
                    Task.create(
                            () -> {
                                for (int i = 0; i < 3; i++) {
                                    try {
                                        await(sleep(ofSeconds(5)));
                                        log.add("slept");
                                    } catch (CancelledError swallowed) {
                                        log.add("swallowed");
                                    }
                                }
                                return Coroutine.done();
                            });
                    await(sleep(ofSeconds(1)));
                    return Coroutine.done();
                });

        assertThat(log).containsExactly("swallowed", "slept", "slept");
        assertThat(program.reports()).isEmpty();
    }

    @Test
    void aCallbackThatReschedulesItselfForeverDoesNotKeepTheLoopOpen() {
        int[] calls = {0};
        program.run(
                () -> {
                    schedulesItself(calls);
                    return Coroutine.done();
                });
        assertThat(calls[0]).isPositive();
    }

    private static void schedulesItself(int[] calls) {
        calls[0]++;
        EventLoop.current().callSoon(() -> schedulesItself(calls));
    }
}
