package dev.weft.spec.poller;

import static dev.weft.Weft.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Promise;
import dev.weft.Runner;
import dev.weft.Weft;
import dev.weft.spec.support.OtherThread;
import java.util.SplittableRandom;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Acceptance of a poller: two threads hand in at random distances, some wait for the answer, and
 * nothing is lost. {@code -Dweft.wakeups=400000} runs the full size.
 */
@Timeout(120)
class HandInsTest {
    private static final int HAND_INS = Integer.getInteger("weft.wakeups", 40_000);

    private Promise<Void> all;
    private int arrived;

    @Test
    void noneIsLostByParking() throws Exception {
        try (Runner runner = Weft.runner()) {
            noneIsLost(runner);
        }
    }

    @Test
    void noneIsLostByAPoller() throws Exception {
        try (Runner runner = Weft.runner().poller(loop -> new TestPoller())) {
            noneIsLost(runner);
        }
    }

    @Test
    void noneIsLostWhileThePollerIsSet() throws Exception {
        try (Runner runner = Weft.runner()) {
            runner.loop().callLater(java.time.Duration.ofMillis(5), TestPoller::install);
            noneIsLost(runner);
        }
    }

    private void noneIsLost(Runner runner) throws Exception {
        EventLoop loop = runner.loop();
        FutureTask<Void> one = OtherThread.start(() -> handsIn(loop, new SplittableRandom(1)));
        FutureTask<Void> two = OtherThread.start(() -> handsIn(loop, new SplittableRandom(2)));
        runner.run(() -> awaitAll());
        one.get();
        two.get();
        assertThat(arrived).isEqualTo(HAND_INS);
    }

    @Async
    private Coroutine<Void> awaitAll() {
        if (arrived < HAND_INS) {
            all = new Promise<>();
            await(all);
        }
        return Coroutine.done();
    }

    private Void handsIn(EventLoop loop, SplittableRandom random) {
        for (int i = 0; i < HAND_INS / 2; i++) {
            switch (random.nextInt(8)) {
                case 0 -> LockSupport.parkNanos(random.nextInt(30_000));
                case 1 -> loop.submit(() -> Coroutine.of("answer")).join();
                default -> spin(random.nextInt(2_000));
            }
            loop.execute(this::arrives);
        }
        return null;
    }

    private void arrives() {
        if (++arrived == HAND_INS && all != null) {
            all.complete(null);
        }
    }

    private static void spin(int times) {
        for (int i = 0; i < times; i++) {
            Thread.onSpinWait();
        }
    }
}
