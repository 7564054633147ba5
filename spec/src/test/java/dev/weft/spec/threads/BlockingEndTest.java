package dev.weft.spec.threads;

import static dev.weft.Weft.blocking;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Coroutine;
import dev.weft.Deferred;
import dev.weft.Runner;
import dev.weft.Weft;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rules 32 and 33: blocking work that ends while its loop is busy or after it has closed. */
@Timeout(30)
class BlockingEndTest {
    @Test
    void workThatEndsAfterItsLoopHasClosedStillHasItsResult() throws InterruptedException {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        CountDownLatch closed = new CountDownLatch(1);
        Deferred<String> work;
        try (Runner runner = Weft.runner().executor(executor)) {
            work =
                    runner.run(
                            () ->
                                    Coroutine.of(
                                            blocking(
                                                    () -> {
                                                        closed.await();
                                                        return "late";
                                                    })));
        }
        assertThat(work.done()).isFalse();
        closed.countDown();
        executor.shutdown();
        assertThat(executor.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        assertThat(work.result()).isEqualTo("late");
    }

    @Test
    void workThatHasEndedCannotBeCancelledEvenIfTheLoopHasNotSeenTheEnd() {
        Weft.run(
                () -> {
                    Deferred<String> work = blocking(() -> "done");
                    while (!work.done()) { // within one step, so that the loop does not see the end
                        Thread.onSpinWait();
                    }
                    assertThat(work.cancel()).isFalse();
                    assertThat(work.result()).isEqualTo("done");
                    return Coroutine.done();
                });
    }
}
