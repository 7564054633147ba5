package dev.weft.semantics.ending;

import static dev.weft.Weft.await;
import static dev.weft.Weft.blocking;
import static dev.weft.Weft.sleep;
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
import dev.weft.TaskLocal;
import dev.weft.Weft;
import dev.weft.semantics.groups.Scenario;
import dev.weft.semantics.groups.Steps;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** Rule 26: what happens when the main task has ended, and from run to run. */
class RunEndTest {
    private final Scenario scenario = new Scenario();
    private final List<String> log = new ArrayList<>();

    @Test
    void tasksThatAreLeftAreCancelledInCreationOrderWithAMessageThatSaysSo() {
        List<String> messages = new ArrayList<>();
        String value =
                scenario.run(
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
    void weftRunEndsWithItsMainToo() {
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
    void aTaskThatHasNotBegunNeverBegins() {
        scenario.run(
                () -> {
                    Task.create(() -> logsItsEnd("never begun", new ArrayList<>()));
                    return Coroutine.done();
                });
        assertThat(log).isEmpty();
    }

    @Test
    void theEndWaitsUntilEachHasReallyEnded() {
        scenario.run(
                () -> {
                    Task.create(() -> cleansUpFor(5));
                    await(sleep(ofSeconds(1)));
                    return Coroutine.done();
                });
        assertThat(log).containsExactly("cancelled at 1", "cleaned up at 6");
    }

    @Test
    void tasksThatAreCreatedDuringTheEndAreEndedToo() {
        scenario.run(
                () -> {
                    Task.create(() -> createsAnotherWhenCancelled(3));
                    await(sleep(ofSeconds(1)));
                    return Coroutine.done();
                });
        assertThat(log).containsExactly("cancelled 3", "cancelled 2", "cancelled 1", "cancelled 0");
    }

    @Async
    private Coroutine<Void> createsAnotherWhenCancelled(int generations) {
        try {
            await(sleep(ofDays(1)));
        } finally {
            log.add("cancelled " + generations);
            if (generations > 0) {
                Task.create(() -> createsAnotherWhenCancelled(generations - 1));
                await(sleep(ZERO)); // lets it begin before it is cancelled
            }
        }
        return Coroutine.done();
    }

    @Test
    void whatMainThrowsIsThrownWhenAllHaveEnded() {
        IOException failure = new IOException("main");
        Throwable thrown =
                scenario.failureOf(
                        () -> {
                            Task.create(() -> cleansUpFor(5));
                            await(sleep(ofSeconds(1)));
                            throw failure;
                        });

        assertThat(thrown).isSameAs(failure);
        assertThat(log).containsExactly("cancelled at 1", "cleaned up at 6");
        assertThat(scenario.reports()).isEmpty();
    }

    @Test
    void aMainThatCancelsItselfIsACancelledError() {
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
        scenario.run(
                () -> {
                    Task.create("the careless", () -> failsWhenCancelled());
                    await(sleep(ofSeconds(1)));
                    return Coroutine.done();
                });
        assertThat(scenario.reported()).containsExactly("in the clean-up");
        assertThat(scenario.reports().get(0).task().name()).isEqualTo("the careless");
    }

    @Test
    void callbacksThatTheEndOfTheTasksHasQueuedStillRun() {
        scenario.run(
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
    void aTaskThatTheExceptionHandlerCreatesAtTheVeryEndIsEndedToo() {
        try (Runner runner = Weft.runner().virtualTime()) {
            runner.exceptionHandler(
                    report -> {
                        Task.create(() -> logsItsEnd("the handler's", new ArrayList<>()));
                        EventLoop.current().callSoon(() -> log.add("the handler's callback"));
                    });
            runner.run(
                    () -> {
                        Task.create(() -> failsWhenCancelled());
                        await(sleep(ofSeconds(1)));
                        return Coroutine.done();
                    });
        }
        assertThat(log).containsExactly("the handler's callback");
    }

    @Test
    void theOwnExecutorIsShutDownAndOneThatWasGivenIsNot() {
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
    void blockingWorkThatIgnoresItsInterruptDoesNotHoldUpTheEnd() {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Weft.run(
                () -> {
                    Task.create(() -> awaits(blocking(() -> stubborn(started, release))));
                    await(blocking(() -> waitFor(started)));
                    return Coroutine.done();
                });
        release.countDown(); // it was still at work when the run returned
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
    void runnerRunAloneEndsNothingTasksTimersAndTaskLocalsGoOn() {
        TaskLocal<String> local = TaskLocal.create();
        try (Runner runner = Weft.runner().virtualTime()) {
            runner.run(
                    () -> {
                        local.set("set in the first run");
                        EventLoop.current().callLater(ofSeconds(2), () -> log.add("timer"));
                        Task.create(
                                () -> {
                                    await(sleep(ofSeconds(3)));
                                    log.add("task");
                                    return Coroutine.done();
                                });
                        await(sleep(ofSeconds(1)));
                        return Coroutine.done();
                    });
            assertThat(log).isEmpty();

            runner.run(
                    () -> {
                        assertThat(Task.all()).hasSize(2);
                        assertThat(local.get()).isEqualTo("set in the first run");
                        await(sleep(ofSeconds(5)));
                        return Coroutine.done();
                    });
            assertThat(log).containsExactly("timer", "task");
        }
    }

    @Test
    void whatAFailedRunLeftGoesOnToo() {
        try (Runner runner = Weft.runner().virtualTime()) {
            assertThatThrownBy(
                            () ->
                                    runner.run(
                                            () -> {
                                                Task.create(() -> cleansUpFor(1));
                                                await(sleep(ofSeconds(1)));
                                                throw new IOException("first run");
                                            }))
                    .hasMessage("first run");
            assertThat(log).isEmpty();
        }
        assertThat(log).containsExactly("cancelled at 1", "cleaned up at 2");
    }

    @Test
    void whatWasExecutedBeforeTheFirstRunRunsInIt() throws InterruptedException {
        Steps steps = new Steps();
        try (Runner runner = Weft.runner().virtualTime()) {
            runner.loop().execute(() -> steps.step(1));
            Thread other = new Thread(() -> runner.loop().execute(() -> steps.step(3)));
            other.start();
            other.join();
            runner.run(
                    () -> {
                        steps.step(2);
                        await(sleep(ZERO));
                        steps.step(4);
                        return Coroutine.done();
                    });
        }
        steps.ended(4);
    }

    @Test
    void whatWasExecutedAndNeverRunRunsWhenTheRunnerIsClosed() throws InterruptedException {
        try (Runner runner = Weft.runner()) {
            EventLoop loop = runner.loop();
            Thread other = new Thread(() -> loop.execute(() -> log.add("executed")));
            other.start();
            other.join();
        }
        assertThat(log).containsExactly("executed");
    }

    @Test
    void closingTwiceAndClosingWithoutARunIsHarmless() {
        Runner runner = Weft.runner();
        runner.close();
        runner.close();
        assertThatThrownBy(() -> runner.run(sleep(ZERO)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void aRunnerThatIsClosedInsideAnotherLoopLeavesThatLoopCurrent() {
        Runner other = Weft.runner().virtualTime();
        scenario.run(
                () -> {
                    EventLoop mine = EventLoop.current();
                    other.close();
                    assertThat(EventLoop.current()).isSameAs(mine);
                    await(sleep(ofSeconds(1)));
                    await(Task.create(() -> sleep(ZERO)));
                    return Coroutine.done();
                });
    }

    @Test
    void closingARunnerInItsOwnRunIsRefused() {
        try (Runner runner = Weft.runner().virtualTime()) {
            AutoCloseable itself = runner;
            Throwable thrown = runner.run(() -> Coroutine.of(catchThrowable(itself::close)));
            assertThat(thrown).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void promisesAndSleepsThatAreLeftDoNotHoldUpTheEnd() {
        scenario.run(
                () -> {
                    Task.create(() -> awaits(new Promise<>()));
                    Task.create(() -> sleep(ofSeconds(Long.MAX_VALUE)));
                    await(sleep(ofSeconds(1)));
                    return Coroutine.done();
                });
        assertThat(scenario.reports()).isEmpty();
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
            log.add("cancelled at " + Scenario.seconds());
            await(sleep(ofSeconds(seconds)));
            log.add("cleaned up at " + Scenario.seconds());
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
