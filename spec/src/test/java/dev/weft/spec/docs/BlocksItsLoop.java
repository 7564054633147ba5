package dev.weft.spec.docs;

import static dev.weft.Weft.await;
import static dev.weft.Weft.run;
import static dev.weft.Weft.sleep;
import static java.time.Duration.ZERO;

import dev.weft.Async;
import dev.weft.Coroutine;
import java.time.Duration;

/** A program that blocks its loop for 150 ms, the main class of a JVM. */
final class BlocksItsLoop {
    private static final long BLOCKED_NANOS = Duration.ofMillis(150).toNanos();

    private BlocksItsLoop() {}

    public static void main(String[] args) {
        run(blocks());
    }

    @Async
    private static Coroutine<Void> blocks() {
        await(sleep(ZERO));
        long start = System.nanoTime();
        while (System.nanoTime() - start < BLOCKED_NANOS) {
            Thread.onSpinWait();
        }
        await(sleep(ZERO));
        return Coroutine.done();
    }
}
