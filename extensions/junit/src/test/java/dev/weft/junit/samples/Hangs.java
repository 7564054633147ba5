package dev.weft.junit.samples;

import static dev.weft.Weft.await;
import static dev.weft.Weft.blocking;
import static dev.weft.Weft.sleep;
import static java.time.Duration.ZERO;

import dev.weft.Async;
import dev.weft.BlockingRunnable;
import dev.weft.Coroutine;
import dev.weft.Promise;
import dev.weft.Runner;
import dev.weft.Task;
import dev.weft.junit.TestClock;
import dev.weft.junit.WeftTest;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Tests that do not end. */
@Sample
@WeftTest(timeout = 500, unit = TimeUnit.MILLISECONDS)
public class Hangs {
    private static final CountDownLatch NEVER = new CountDownLatch(1);

    @BeforeEach
    void setUp(Runner runner, TestInfo info) throws InterruptedException {
        if (info.getDisplayName().startsWith("inBeforeEach")) {
            NEVER.await();
        }
    }

    @Async
    private static Coroutine<String> reply(Promise<String> promise) {
        return Coroutine.of(await(promise));
    }

    @Test
    void inBeforeEach() {}

    @Test
    @Async
    Coroutine<Void> aDeadlockInVirtualTimeFailsAtOnce() {
        Promise<String> never = new Promise<>();
        Task<String> reader = Task.create("reader", reply(never));
        await(reader);
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> outsideWorkDoesNotEnd() {
        BlockingRunnable work = () -> NEVER.await();
        Task.create("other", () -> reply(new Promise<>()));
        await(blocking(work));
        return Coroutine.done();
    }

    @Test
    @WeftTest(virtualTime = false, timeout = 500, unit = TimeUnit.MILLISECONDS)
    @Async
    Coroutine<Void> aDeadlockInRealTime() {
        await(blocking((BlockingRunnable) () -> NEVER.await()));
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> tasksRunForEver() {
        while (true) {
            await(sleep(ZERO));
        }
    }

    @Test
    void runUntilIdleIsNeverIdle(Runner runner, TestClock clock) {
        runner.run(() -> Coroutine.of(Task.create("busy", () -> tasksThatRun()) == null));
        clock.runUntilIdle();
    }

    @Async
    private static Coroutine<Void> tasksThatRun() {
        while (true) {
            await(sleep(ZERO));
        }
    }

    @Test
    @Async
    Coroutine<Void> aStepBlocksTheLoop() throws InterruptedException {
        await(sleep(ZERO));
        NEVER.await();
        return Coroutine.done();
    }

    @Test
    void itsThreadBlocksOutsideOfALoop() throws InterruptedException {
        NEVER.await();
    }

    @Test
    void theInterruptIsIgnoredOnce(Runner runner) {
        try {
            NEVER.await();
        } catch (InterruptedException ignored) {
            // continues
        }
        try {
            NEVER.await();
        } catch (InterruptedException ignored) {
            // succeeds, but late
        }
    }
}
