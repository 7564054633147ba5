package dev.weft.benchmarks.peers;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.benchmarks.workload.Shape;
import java.time.Duration;

/** W1b: the coroutine that is awaited by another class. */
final class WeftOther {
    private WeftOther() {}

    @Async
    static Coroutine<Integer> plusOne(int x) {
        if (Shape.rarely(x)) {
            await(sleep(Duration.ZERO));
        }
        return Coroutine.of(x + 1);
    }
}
