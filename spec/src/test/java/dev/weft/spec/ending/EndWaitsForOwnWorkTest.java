package dev.weft.spec.ending;

import static dev.weft.Weft.await;
import static dev.weft.Weft.blocking;
import static dev.weft.Weft.sleep;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Async;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.Deferred;
import dev.weft.EventLoop;
import dev.weft.Runner;
import dev.weft.Task;
import dev.weft.Unhandled;
import dev.weft.Weft;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rule 26: the last steps of the end: the loop's own executor, hand-ins, overtime, the runner. */
@Timeout(60)
class EndWaitsForOwnWorkTest {
    @Test
    @Disabled("pending: R4")
    void runReturnsOnlyWhenTheWorkOfTheLoopsOwnExecutorHasEnded() {
        CountDownLatch started = new CountDownLatch(1);
        AtomicBoolean ended = new AtomicBoolean();
        Weft.run(
                () -> {
                    Deferred<Boolean> work =
                            blocking(
                                    () -> {
                                        started.countDown();
                                        spinFor(ofMillis(300));
                                        return ended.getAndSet(true);
                                    });
                    assertThat(work.done()).isFalse();
                    return Coroutine.of(blocking(() -> waitFor(started)));
                });
        assertThat(ended).isTrue();
    }

    @Test
    @Disabled("pending: R4")
    void closeOfARunnerReturnsOnlyWhenTheWorkOfItsOwnExecutorHasEnded() {
        CountDownLatch started = new CountDownLatch(1);
        AtomicBoolean ended = new AtomicBoolean();
        try (Runner runner = Weft.runner()) {
            runner.run(
                    () -> {
                        Deferred<Boolean> work =
                                blocking(
                                        () -> {
                                            started.countDown();
                                            spinFor(ofMillis(300));
                                            return ended.getAndSet(true);
                                        });
                        assertThat(work.done()).isFalse();
                        return Coroutine.of(await(blocking(() -> waitFor(started))));
                    });
        }
        assertThat(ended).isTrue();
    }

    private static boolean waitFor(CountDownLatch latch) throws InterruptedException {
        latch.await();
        return true;
    }

    private static void spinFor(Duration duration) {
        long until = System.nanoTime() + duration.toNanos();
        while (System.nanoTime() < until) {
            Thread.onSpinWait();
        }
    }

    @Test
    @Tag("slow")
    @Disabled("pending: A6")
    void theResultOfMainIsReturnedIfAllTasksEndAfterMoreThanTenSeconds() {
        List<Unhandled> reports = new ArrayList<>();
        String value;
        try (Runner runner = Weft.runner().exceptionHandler(reports::add)) {
            value =
                    runner.run(
                            () -> {
                                Task.create(() -> takesItsTimeToEnd());
                                return sleep(ZERO, "value");
                            });
        }
        assertThat(value).isEqualTo("value");
        assertThat(reports).isEmpty();
    }

    @Async
    private static Coroutine<Void> takesItsTimeToEnd() {
        try {
            await(sleep(Duration.ofDays(1)));
        } catch (CancelledError cancelled) {
            spinFor(ofMillis(10_200));
            await(sleep(ZERO));
        }
        return Coroutine.done();
    }

    @Test
    @Tag("slow")
    @Disabled("pending: R2")
    void runReturnsWhileOtherThreadsHandInFasterThanTheLoopWorks() throws InterruptedException {
        AtomicLong accepted = new AtomicLong();
        AtomicLong ran = new AtomicLong();
        List<Thread> senders = new ArrayList<>();
        long mainEnded =
                Weft.run(
                        () -> {
                            EventLoop loop = EventLoop.current();
                            for (int i = 0; i < 3; i++) {
                                senders.add(new Thread(() -> handsIn(loop, accepted, ran)));
                            }
                            senders.forEach(Thread::start);
                            while (accepted.get() < 100) {
                                Thread.onSpinWait();
                            }
                            return Coroutine.of(System.nanoTime());
                        });
        Duration took = Duration.ofNanos(System.nanoTime() - mainEnded);
        for (Thread sender : senders) {
            sender.join();
        }

        assertThat(took).isLessThan(Duration.ofSeconds(3));
        assertThat(ran.get()).isEqualTo(accepted.get());
    }

    /** Hands in work that takes longer than the call, until the loop rejects it. */
    private static void handsIn(EventLoop loop, AtomicLong accepted, AtomicLong ran) {
        try {
            while (accepted.get() < 3_000_000) {
                loop.execute(
                        () -> {
                            spinFor(Duration.ofNanos(5_000));
                            ran.incrementAndGet();
                        });
                accepted.incrementAndGet();
            }
        } catch (RejectedExecutionException closed) {
            assertThat(accepted.get()).isPositive();
        }
    }

    @Test
    @Disabled("pending: R7")
    void theLoopOfAClosedRunnerIsRefused() {
        Runner unused = Weft.runner();
        unused.close();
        assertThatThrownBy(unused::loop)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");

        Runner used = Weft.runner();
        used.run(Coroutine.done());
        used.close();
        assertThatThrownBy(used::loop)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }
}
