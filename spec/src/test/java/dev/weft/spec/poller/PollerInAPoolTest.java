package dev.weft.spec.poller;

import static dev.weft.Weft.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Coroutine;
import dev.weft.Weft;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A loop with a poller in a thread of a fork-join pool. */
class PollerInAPoolTest {
    @Test
    void aLoopThatWaitsForItsOwnPoolDoesNotHoldThePool() throws Exception {
        ForkJoinPool pool = new ForkJoinPool(1);
        try {
            int value = pool.submit(() -> runsIn(pool)).get(10, TimeUnit.SECONDS);
            assertThat(value).isEqualTo(1);
        } finally {
            pool.shutdownNow();
        }
    }

    private static int runsIn(ForkJoinPool pool) {
        return Weft.<Integer>run(
                () -> {
                    TestPoller.install();
                    return Coroutine.of(await(workOf(pool)));
                });
    }

    private static CompletableFuture<Integer> workOf(ForkJoinPool pool) {
        return CompletableFuture.supplyAsync(() -> 1, pool);
    }
}
