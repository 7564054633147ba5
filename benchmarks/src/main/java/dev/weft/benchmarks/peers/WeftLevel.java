package dev.weft.benchmarks.peers;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.benchmarks.workload.Shape;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A chain of calls that ends in a sleep. The depth is in the object and not in a parameter, so that
 * a call holds two references, {@code this} and {@code other}, and an int, as the workload
 * requires.
 */
record WeftLevel(@Nullable WeftLevel below) {
    static WeftLevel of(int depth) {
        return new WeftLevel(depth == 1 ? null : of(depth - 1));
    }

    @Async
    Coroutine<Integer> body(Object other, int i) {
        int deeper = 0;
        if (below == null) {
            await(sleep(Duration.ofNanos(Shape.HOUR)));
        } else {
            deeper = await(below.body(other, i + 1));
        }
        return Coroutine.of(deeper + hashCode() + other.hashCode() + i);
    }
}
