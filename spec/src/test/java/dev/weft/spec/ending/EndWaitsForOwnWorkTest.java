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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rule 26: the last steps of the end: the loop's own executor, hand-ins, overtime, the runner. */
@Timeout(60)
class EndWaitsForOwnWorkTest {
    @Test
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

    /** Each callback hands in two more, through another thread, until one is rejected. */
    @Test
    void nothingIsAcceptedOnceTheTaskTableIsEmpty() {
        ExecutorService other = Executors.newSingleThreadExecutor();
        AtomicInteger accepted = new AtomicInteger();
        AtomicInteger ran = new AtomicInteger();
        try {
            Weft.run(
                    () -> {
                        HandsInTwo first =
                                new HandsInTwo(EventLoop.current(), other, accepted, ran);
                        first.handIn();
                        return Coroutine.of("main has ended");
                    });
        } finally {
            other.shutdown();
        }
        assertThat(accepted.get()).isBetween(1, 100);
        assertThat(ran.get()).isEqualTo(accepted.get());
    }

    private record HandsInTwo(
            EventLoop loop, ExecutorService other, AtomicInteger accepted, AtomicInteger ran)
            implements Runnable {
        @Override
        public void run() {
            ran.incrementAndGet();
            if (accepted.get() < 10_000) {
                handIn();
                handIn();
            }
        }

        void handIn() {
            try {
                other.submit(() -> loop.execute(this)).get();
                accepted.incrementAndGet();
            } catch (ExecutionException rejected) {
                assertThat(rejected).hasCauseInstanceOf(RejectedExecutionException.class);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Test
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
