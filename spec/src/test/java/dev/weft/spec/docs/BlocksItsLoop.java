package dev.weft.spec.docs;

import static dev.weft.Weft.await;
import static dev.weft.Weft.run;
import static dev.weft.Weft.sleep;
import static java.time.Duration.ZERO;

import dev.weft.Async;
import dev.weft.Coroutine;
import java.time.Duration;

/**
 * A program that blocks its loop: for 400 ms, or, with any argument, until that is logged. The main
 * class of a JVM.
 */
final class BlocksItsLoop {
    private static final long BLOCKED_NANOS = Duration.ofMillis(400).toNanos();

    private BlocksItsLoop() {}

    public static void main(String[] args) {
        if (args.length == 0) {
            run(blocks());
            return;
        }
        try (Logged logged = new Logged()) {
            run(() -> blocksUntil(logged));
            System.out.println(logged.firstAbout("stuck"));
        }
    }

    @Async
    private static Coroutine<Void> blocks() {
        await(sleep(ZERO));
        long start = System.nanoTime();
        while (System.nanoTime() - start < BLOCKED_NANOS) {
            Thread.onSpinWait();
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> blocksUntil(Logged logged) throws InterruptedException {
        await(sleep(ZERO));
        logged.awaitMessageAbout("stuck");
        return Coroutine.done();
    }
}
