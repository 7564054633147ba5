package dev.weft.spec.ending;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static dev.weft.junit.VirtualTime.elapsed;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Runner;
import dev.weft.Task;
import dev.weft.TaskLocal;
import dev.weft.Weft;
import dev.weft.junit.VirtualTime;
import dev.weft.spec.support.Steps;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rule 26: several runs of one runner, and its end. */
class SeveralRunsTest {
    private final VirtualTime.Recorder program = VirtualTime.recorder();
    private final List<String> log = new ArrayList<>();

    @Test
    void tasksTimersAndTaskLocalsContinueInTheNextRun() {
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
    void tasksContinueAfterARunThatFailed() {
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
        assertThat(log).containsExactly("cancelled at 1 s", "cleaned up at 2 s");
    }

    @Test
    void callbacksExecutedBeforeTheFirstRunRunInIt() throws InterruptedException {
        Steps steps = new Steps();
        try (Runner runner = Weft.runner().virtualTime()) {
            runner.loop().execute(() -> steps.expect(1));
            Thread other = new Thread(() -> runner.loop().execute(() -> steps.expect(3)));
            other.start();
            other.join();
            runner.run(
                    () -> {
                        steps.expect(2);
                        await(sleep(ZERO));
                        steps.expect(4);
                        return Coroutine.done();
                    });
        }
        steps.assertFinished(4);
    }

    @Test
    void callbacksExecutedWithoutARunRunWhenTheRunnerIsClosed() throws InterruptedException {
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
    void closingARunnerInsideAnotherLoopLeavesThatLoopCurrent() {
        Runner other = Weft.runner().virtualTime();
        program.run(
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
}
