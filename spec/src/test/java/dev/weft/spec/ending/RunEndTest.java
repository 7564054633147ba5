package dev.weft.spec.ending;

import static dev.weft.Weft.await;
import static dev.weft.Weft.blocking;
import static dev.weft.Weft.sleep;
import static dev.weft.junit.VirtualTime.elapsed;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.weft.Async;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.Deferred;
import dev.weft.EventLoop;
import dev.weft.Promise;
import dev.weft.Runner;
import dev.weft.Task;
import dev.weft.Unhandled;
import dev.weft.Weft;
import dev.weft.junit.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rule 26: the shut-down of a loop when its main task has ended. */
class RunEndTest {

    private final VirtualTime.Recorder program = VirtualTime.recorder();
    private final List<String> log = new ArrayList<>();

    @Test
    void remainingTasksAreCancelledInCreationOrderWithAMessage() {
        List<String> messages = new ArrayList<>();
        String value =
                program.run(
                        () -> {
                            for (int i = 1; i <= 3; i++) {
                                String name = "task " + i;
                                Task.create(() -> logsItsEnd(name, messages));
                            }
                            await(sleep(ofSeconds(1)));
                            return Coroutine.of("main's");
                        });

        assertThat(value).isEqualTo("main's");
        assertThat(log).containsExactly("task 1", "task 2", "task 3");
        assertThat(messages).hasSize(3).allMatch(message -> message.contains("shut down"));
    }

    @Test
    void weftRunCancelsRemainingTasksWhenMainHasEnded() {
        String value =
                Weft.run(
                        () -> {
                            Task.create(() -> logsItsEnd("left", new ArrayList<>()));
                            await(sleep(ZERO));
                            return Coroutine.of("main's");
                        });

        assertThat(value).isEqualTo("main's");
        assertThat(log).containsExactly("left");
    }

    @Test
    void aTaskThatHasNotStartedNeverStarts() {
        program.run(
                () -> {
                    Task.create(() -> logsItsEnd("never begun", new ArrayList<>()));
                    return Coroutine.done();
                });
        assertThat(log).isEmpty();
    }

    @Test
    void theEndWaitsUntilEachTaskHasEnded() {
        program.run(
                () -> {
                    Task.create(() -> cleansUpFor(5));
                    await(sleep(ofSeconds(1)));
                    return Coroutine.done();
                });
        assertThat(log).containsExactly("cancelled at 1 s", "cleaned up at 6 s");
    }

    @Test
    void tasksCreatedDuringTheEndAreCancelledToo() {
        program.run(
                () -> {
                    Task.create(() -> createsAnotherWhenCancelled(3));
                    await(sleep(ofSeconds(1)));
                    return Coroutine.done();
                });
        assertThat(log).containsExactly("cancelled 3", "cancelled 2", "cancelled 1", "cancelled 0");
    }

    @Test
    void aLongChainOfTasksCreatedDuringTheEndIsCancelledToTheLast() {
        program.run(
                () -> {
                    Task.create(() -> createsAnotherWhenCancelled(20));
                    await(sleep(ofSeconds(1)));
                    return Coroutine.done();
                });
        assertThat(log).hasSize(21).endsWith("cancelled 0");
    }

    @Test
    void whileTasksEndOtherThreadsAreAccepted() {
        List<Class<?>> refusals = new ArrayList<>();
        program.run(
                () -> {
                    Task.create(() -> submitsWhenCancelled(refusals, EventLoop.current(), 20));
                    await(sleep(ofSeconds(1)));
                    return Coroutine.done();
                });
        assertThat(refusals).hasSize(21).containsOnly(Void.class);
    }

    @Async
    private Coroutine<Void> submitsWhenCancelled(
            List<Class<?>> refusals, EventLoop loop, int generations) {
        try {
            await(sleep(ofDays(1)));
        } finally {
            Throwable refusal = thrownElsewhere(() -> loop.execute(() -> {}));
            refusals.add(refusal == null ? Void.class : refusal.getClass());
            if (generations > 0 && refusal == null) {
                Task.create(() -> submitsWhenCancelled(refusals, loop, generations - 1));
                await(sleep(ZERO));
            }
        }
        return Coroutine.done();
    }

    private static Throwable thrownElsewhere(Runnable action) {
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        new Thread(() -> thrown.complete(catchThrowable(action::run))).start();
        return thrown.join();
    }

    @Async
    private Coroutine<Void> createsAnotherWhenCancelled(int generations) {
        try {
            await(sleep(ofDays(1)));
        } finally {
            log.add("cancelled " + generations);
            if (generations > 0) {
                Task.create(() -> createsAnotherWhenCancelled(generations - 1));
                await(sleep(ZERO)); // lets the new task start before its cancellation
            }
        }
        return Coroutine.done();
    }

    @Test
    void theExceptionOfMainIsThrownWhenAllTasksHaveEnded() {
        IOException failure = new IOException("main");
        Throwable thrown =
                program.failureOf(
                        () -> {
                            Task.create(() -> cleansUpFor(5));
                            await(sleep(ofSeconds(1)));
                            throw failure;
                        });

        assertThat(thrown).isSameAs(failure);
        assertThat(log).containsExactly("cancelled at 1 s", "cleaned up at 6 s");
        assertThat(program.reports()).isEmpty();
    }

    @Test
    void runThrowsCancelledErrorIfMainCancelsItself() {
        assertThatThrownBy(
                        () ->
                                Weft.run(
                                        () -> {
                                            Task.current().cancel("by itself");
                                            return Coroutine.done();
                                        }))
                .isInstanceOf(CancelledError.class)
                .hasMessage("by itself");
    }

    @Test
    void aTaskThatFailsDuringTheEndGoesToTheExceptionHandler() {
        program.run(
                () -> {
                    Task.create("failing", () -> failsWhenCancelled());
                    await(sleep(ofSeconds(1)));
                    return Coroutine.done();
                });
        assertThat(program.reportedMessages()).containsExactly("in the clean-up");
        assertThat(program.reports().get(0).task().name()).isEqualTo("failing");
    }

    @Test
    void callbacksQueuedByTheEndOfTheTasksStillRun() {
        program.run(
                () -> {
                    Task<Void> left = Task.create(() -> sleep(ofDays(1)));
                    left.addDoneCallback(
                            done -> EventLoop.current().callSoon(() -> log.add("called")));
                    await(sleep(ofSeconds(1)));
                    return Coroutine.done();
                });
        assertThat(log).containsExactly("called");
    }

    @Test
    void aTaskThatTheExceptionHandlerCreatesDuringTheEndIsCancelledToo() {
        Consumer<Unhandled> handler =
                report -> {
                    Task.create(() -> logsItsEnd("the handler's", new ArrayList<>()));
                    EventLoop.current().callSoon(() -> log.add("the handler's callback"));
                };
        VirtualTime.run(
                runner -> runner.exceptionHandler(handler),
                () -> {
                    Task.create(() -> failsWhenCancelled());
                    await(sleep(ofSeconds(1)));
                    return Coroutine.done();
                });
        assertThat(log).containsExactly("the handler's callback");
    }

    @Test
    void anExecutorGivenByTheCallerIsNotShutDown() {
        ExecutorService given = Executors.newSingleThreadExecutor();
        try {
            try (Runner runner = Weft.runner().executor(given)) {
                String thread =
                        runner.run(
                                () ->
                                        Coroutine.of(
                                                await(
                                                        blocking(
                                                                () ->
                                                                        Thread.currentThread()
                                                                                .getName()))));
                assertThat(thread).contains("pool");
            }
            assertThat(given.isShutdown()).isFalse();
        } finally {
            given.shutdown();
        }
    }

    @Test
    @Timeout(60)
    void blockingWorkThatIgnoresItsInterruptHoldsUpTheEndForTenSecondsAtMost() {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        long begun = System.nanoTime();
        Weft.run(
                () -> {
                    Task.create(() -> awaits(blocking(() -> stubborn(started, release))));
                    await(blocking(() -> waitFor(started)));
                    return Coroutine.done();
                });
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(ofSeconds(30));
        assertThat(release.getCount()).as("the work still runs").isEqualTo(1);
        release.countDown();
    }

    private static boolean waitFor(CountDownLatch latch) throws InterruptedException {
        latch.await();
        return true;
    }

    private static boolean stubborn(CountDownLatch started, CountDownLatch release) {
        started.countDown();
        while (release.getCount() > 0) {
            try {
                release.await();
            } catch (InterruptedException ignored) {
                Thread.interrupted();
            }
        }
        return true;
    }

    @Async
    private static Coroutine<Void> awaits(Deferred<?> deferred) {
        await(deferred);
        return Coroutine.done();
    }

    @Test
    void pendingPromisesAndSleepsDoNotHoldUpTheEnd() {
        program.run(
                () -> {
                    Task.create(() -> awaits(new Promise<>()));
                    Task.create(() -> sleep(ofSeconds(Long.MAX_VALUE)));
                    await(sleep(ofSeconds(1)));
                    return Coroutine.done();
                });
        assertThat(program.reports()).isEmpty();
    }

    @Async
    private Coroutine<Void> logsItsEnd(String name, List<String> messages) {
        try {
            await(sleep(ofDays(1)));
        } catch (CancelledError e) {
            log.add(name);
            messages.add(e.getMessage());
            throw e;
        }
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> cleansUpFor(int seconds) {
        try {
            await(sleep(ofDays(1)));
        } finally {
            log.add("cancelled at " + elapsed().toSeconds() + " s");
            await(sleep(ofSeconds(seconds)));
            log.add("cleaned up at " + elapsed().toSeconds() + " s");
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> failsWhenCancelled() throws IOException {
        try {
            await(sleep(ofDays(1)));
        } catch (CancelledError e) {
            throw new IOException("in the clean-up");
        }
        return Coroutine.done();
    }
}
