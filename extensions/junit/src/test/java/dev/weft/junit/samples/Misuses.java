package dev.weft.junit.samples;

import static java.time.Duration.ofSeconds;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Runner;
import dev.weft.junit.Shuffled;
import dev.weft.junit.TestClock;
import dev.weft.junit.WeftTest;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests that use the extension in a wrong way. */
@Sample
@WeftTest
public class Misuses {
    @Test
    @WeftTest(virtualTime = false)
    void theClockInRealTime(TestClock clock) {
        clock.runUntilIdle();
    }

    @Test
    @Async
    Coroutine<Void> advanceInsideTheLoop(TestClock clock) {
        clock.advance(ofSeconds(1));
        return Coroutine.done();
    }

    @Test
    void advanceBackwards(TestClock clock) {
        clock.advance(Duration.ofNanos(-1));
    }

    @Test
    @WeftTest(timeout = -1)
    void aNegativeTimeout() {}

    @Shuffled(0)
    void noOrder(Runner runner) {
        runner.runUntilIdle();
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void theMethodRunsOnAnotherThread(Runner runner) {
        runner.runUntilIdle();
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    @Async
    Coroutine<Void> theLoopIsCreatedOnAnotherThread() {
        return Coroutine.done();
    }

    @Nested
    class InAConstructor {
        InAConstructor(EventLoop loop) {
            loop.callSoon(() -> {});
        }

        @Test
        void neverRuns() {}
    }

    /** Not nested, because of its static method. */
    @Sample
    @WeftTest
    public static class InBeforeAll {
        @BeforeAll
        static void setUp(Runner runner) {
            runner.runUntilIdle();
        }

        @Test
        void neverRuns() {}
    }
}
