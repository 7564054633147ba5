package dev.weft.spec.combining;

import static dev.weft.Weft.await;
import static dev.weft.Weft.waitUntil;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Promise;
import dev.weft.ReturnWhen;
import dev.weft.WaitResult;
import dev.weft.Weft;
import dev.weft.spec.support.OtherThread;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rules 21 and 32: waitUntil while another thread completes one of the promises. */
@Timeout(60)
class WaitUntilAndOtherThreadsTest {
    private static final int PROMISES = 20_000;
    private static final int ROUNDS = 60;

    @Test
    void theResultIsNeverNullAndContainsEveryPromise() {
        Weft.run(
                () -> {
                    for (int round = 0; round < ROUNDS; round++) {
                        List<Promise<Integer>> promises = promises();
                        // A promise in the middle is completed while waitUntil registers with all.
                        Promise<Integer> chosen = promises.get(PROMISES * round / ROUNDS);
                        AtomicBoolean ready = new AtomicBoolean();
                        AtomicBoolean go = new AtomicBoolean();
                        FutureTask<Boolean> other =
                                OtherThread.start(() -> completeWhen(ready, go, chosen));
                        while (!ready.get()) {
                            Thread.onSpinWait();
                        }
                        go.set(true);
                        WaitResult<Integer> result =
                                await(waitUntil(ReturnWhen.FIRST_COMPLETED, promises));
                        assertThat(result).as("round %d", round).isNotNull();
                        assertThat(result.done()).containsExactly(chosen);
                        assertThat(result.pending()).hasSize(PROMISES - 1);
                        assertThat(resultOf(other)).isTrue();
                    }
                    return Coroutine.done();
                });
    }

    private static <T> T resultOf(FutureTask<T> task) throws Exception {
        return task.get();
    }

    private static boolean completeWhen(
            AtomicBoolean ready, AtomicBoolean go, Promise<Integer> promise) {
        ready.set(true);
        while (!go.get()) {
            Thread.onSpinWait();
        }
        return promise.complete(1);
    }

    private static List<Promise<Integer>> promises() {
        List<Promise<Integer>> promises = new ArrayList<>();
        for (int i = 0; i < PROMISES; i++) {
            promises.add(new Promise<>(EventLoop.current()));
        }
        return promises;
    }
}
