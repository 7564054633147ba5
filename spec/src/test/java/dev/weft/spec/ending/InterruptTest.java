package dev.weft.spec.ending;

import static dev.weft.Weft.await;
import static dev.weft.Weft.runNested;
import static dev.weft.Weft.sleep;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.weft.Async;
import dev.weft.AsyncCallable;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Runner;
import dev.weft.Task;
import dev.weft.Weft;
import dev.weft.spec.support.OtherThread;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rule 31: an interrupt of the loop's thread. */
@Timeout(20)
class InterruptTest {
    private final List<String> log = Collections.synchronizedList(new ArrayList<>());
    private Thread suspended;

    @AfterEach
    void noInterruptIsLeftOver() {
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void anInterruptCancelsMainAndThenTheOtherTasks() {
        Throwable thrown =
                whileParked(
                        () -> {
                            Task.create(() -> logsItsEnd("other"));
                            await(logsItsEnd("main"));
                            return Coroutine.done();
                        },
                        Thread::interrupt);

        assertThat(thrown).isInstanceOf(CancelledError.class);
        assertThat(log).containsExactly("main", "other");
    }

    @Test
    void anInterruptOfABusyLoopIsSeenBeforeTheNextIteration() {
        Throwable thrown =
                catchThrowable(
                        () ->
                                Weft.run(
                                        () -> {
                                            Thread.currentThread().interrupt();
                                            while (true) {
                                                await(sleep(ZERO));
                                            }
                                        }));
        assertThat(thrown).isInstanceOf(CancelledError.class);
    }

    @Test
    void mainMaySwallowTheInterruptAndContinue() {
        String value =
                Weft.run(
                        () -> {
                            Thread.currentThread().interrupt();
                            try {
                                await(sleep(ofDays(1)));
                            } catch (CancelledError swallowed) {
                                await(sleep(ZERO));
                            }
                            return Coroutine.of("continued");
                        });
        assertThat(value).isEqualTo("continued");
    }

    @Test
    void aRunnerCanRunAgainAfterAnInterruptedRun() {
        try (Runner runner = Weft.runner().virtualTime()) {
            Task<?>[] other = new Task<?>[1];
            assertThatThrownBy(
                            () ->
                                    runner.run(
                                            () -> {
                                                other[0] = Task.create(() -> sleep(ofSeconds(5)));
                                                Thread.currentThread().interrupt();
                                                await(sleep(ofDays(1)));
                                                return Coroutine.done();
                                            }))
                    .isInstanceOf(CancelledError.class);
            assertThat(other[0].done()).isFalse();
            runner.run(sleep(ofSeconds(10)));
            assertThat(other[0].state()).isEqualTo(Task.State.SUCCEEDED);
        }
    }

    @Test
    void anInterruptDuringANestedRunCancelsItsMainAndThenTheOuterMain() {
        Throwable thrown =
                catchThrowable(
                        () ->
                                Weft.run(
                                        () -> {
                                            try {
                                                runNested(interruptsItself());
                                            } catch (CancelledError e) {
                                                log.add("outer sees it");
                                            }
                                            await(logsItsEnd("main"));
                                            return Coroutine.done();
                                        }));

        assertThat(thrown).isInstanceOf(CancelledError.class);
        assertThat(log).containsExactly("nested", "outer sees it", "main");
    }

    @Async
    private Coroutine<Void> interruptsItself() {
        Thread.currentThread().interrupt();
        return logsItsEnd("nested");
    }

    @Test
    void anInterruptOfTheThreadOfASuspendedTaskCancelsMain() {
        Throwable thrown =
                catchThrowable(
                        () ->
                                Weft.run(
                                        () -> {
                                            Thread own = Thread.currentThread();
                                            EventLoop.current().callSoon(own::interrupt);
                                            await(logsItsEnd("main"));
                                            return Coroutine.done();
                                        }));

        assertThat(thrown).isInstanceOf(CancelledError.class);
        assertThat(log).containsExactly("main");
    }

    @Test
    void anInterruptOfTheThreadOfASuspendedTaskCancelsTheNestedMain() {
        Throwable thrown =
                catchThrowable(
                        () ->
                                Weft.run(
                                        () -> {
                                            Task.create(() -> keepsItsThread());
                                            await(sleep(ZERO));
                                            runNested(interruptsTheThread());
                                            return Coroutine.done();
                                        }));

        assertThat(thrown).isInstanceOf(CancelledError.class);
        assertThat(log).containsExactly("nested", "other");
    }

    @Async
    private Coroutine<Void> interruptsTheThread() {
        OtherThread.run(() -> suspended.interrupt());
        return logsItsEnd("nested");
    }

    @Async
    private Coroutine<Void> keepsItsThread() {
        suspended = Thread.currentThread();
        return logsItsEnd("other");
    }

    @Test
    void aCallbackThatChecksForInterruptsSeesTheInterruptFirst() {
        Weft.run(
                () -> {
                    EventLoop.current()
                            .callSoon(
                                    () -> {
                                        Thread.currentThread().interrupt();
                                        log.add(Thread.interrupted() ? "seen" : "lost");
                                    });
                    await(sleep(ZERO));
                    return Coroutine.done();
                });
        assertThat(log).containsExactly("seen");
    }

    @Async
    private Coroutine<Void> logsItsEnd(String name) {
        try {
            await(sleep(ofDays(1)));
        } finally {
            log.add(name);
        }
        return Coroutine.done();
    }

    private interface ToThread {
        void apply(Thread thread);
    }

    /** Runs {@code main}, and runs {@code action} when the loop is parked. */
    private static Throwable whileParked(AsyncCallable<Void> main, ToThread action) {
        Thread loop = Thread.currentThread();
        Thread other =
                new Thread(
                        () -> {
                            while (LockSupport.getBlocker(loop) == null) {
                                Thread.onSpinWait();
                            }
                            action.apply(loop);
                        });
        other.start();
        return catchThrowable(() -> Weft.run(main));
    }
}
