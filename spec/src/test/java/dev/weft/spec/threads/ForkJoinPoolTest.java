package dev.weft.spec.threads;

import static dev.weft.Weft.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Coroutine;
import dev.weft.Weft;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rule 34: a loop that parks on a thread of a fork-join pool lets the pool compensate. */
@Timeout(30)
class ForkJoinPoolTest {
    @Test
    void aLoopInAPoolMayAwaitWorkOfThatPool() throws Exception {
        ForkJoinPool pool = new ForkJoinPool(1);
        try {
            int value =
                    pool.submit(() -> Weft.<Integer>run(() -> Coroutine.of(await(workOf(pool)))))
                            .get(10, TimeUnit.SECONDS);
            assertThat(value).isEqualTo(1);
        } finally {
            pool.shutdownNow();
        }
    }

    private static CompletableFuture<Integer> workOf(ForkJoinPool pool) {
        return CompletableFuture.supplyAsync(() -> 1, pool);
    }
}
