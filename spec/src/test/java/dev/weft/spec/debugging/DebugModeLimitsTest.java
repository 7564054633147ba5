package dev.weft.spec.debugging;

import static dev.weft.Weft.await;
import static dev.weft.Weft.runNested;
import static dev.weft.Weft.sleep;
import static dev.weft.junit.VirtualTime.iterations;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.AsyncCallable;
import dev.weft.Coroutine;
import dev.weft.Runner;
import dev.weft.Task;
import dev.weft.Weft;
import dev.weft.spec.support.Logs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rules 26 and 37: debug mode reports no healthy program, at a bounded cost. */
@Timeout(120)
class DebugModeLimitsTest {
    private final Logs logs = new Logs();

    @AfterEach
    void close() {
        logs.close();
    }

    private static <T> T debugging(AsyncCallable<T> main) {
        try (Runner runner = Weft.runner().debug(true)) {
            return runner.run(main);
        }
    }

    @Test
    void aTaskThatWasCancelledBeforeMainEndedIsNotLoggedAsPending() {
        debugging(
                () -> {
                    Task<Void> beat = Task.create("heartbeat", () -> sleep(ofDays(1)));
                    await(iterations(1));
                    beat.cancel();
                    return Coroutine.done();
                });
        assertThat(logs.messages()).noneMatch(message -> message.contains("pending"));
    }

    @Test
    void onlyTheTasksThatWereNotCancelledBeforeMainEndedAreLoggedAsPending() {
        debugging(
                () -> {
                    Task<Void> cancelled = Task.create("cancelled", () -> sleep(ofDays(1)));
                    Task.create("forgotten", () -> sleep(ofDays(1)));
                    await(iterations(1));
                    cancelled.cancel();
                    return Coroutine.done();
                });
        assertThat(logs.about("pending").getMessage())
                .contains("forgotten")
                .doesNotContain("cancelled");
    }

    @Test
    @Tag("slow")
    void aLongNestedRunOfAHealthyLoopIsNotLoggedAsASlowStep() {
        debugging(
                () -> {
                    runNested(sleep(ofMillis(1_600)));
                    return Coroutine.done();
                });
        assertThat(logs.messages()).isEmpty();
    }

    @Test
    void aSlowStepInsideANestedRunIsLoggedOnce() {
        debugging(
                () -> {
                    runNested(Coroutine.from(() -> busy("slow step")));
                    return Coroutine.done();
                });
        assertThat(logs.messages()).hasSize(1);
    }

    @Async
    private static Coroutine<Void> busy(String name) {
        Task.current().setName(name);
        await(iterations(1));
        long until = System.nanoTime() + ofMillis(150).toNanos();
        while (System.nanoTime() < until) {
            Thread.onSpinWait();
        }
        return Coroutine.done();
    }

    /** Compares the time per coroutine at a small and at a large depth of the Java stack. */
    @Test
    void theCostOfACoroutineInDebugModeDoesNotGrowWithTheDepthOfTheStack() {
        debugging(
                () -> {
                    atDepth(2_000, 2_000);
                    long shallow = atDepth(1, 20_000);
                    long deep = atDepth(2_000, 20_000);
                    assertThat(deep).isLessThan(6 * shallow + ofMillis(50).toNanos());
                    return Coroutine.done();
                });
    }

    /** Returns the nanoseconds that it takes to create and close coroutines at a stack depth. */
    private static long atDepth(int depth, int count) {
        if (depth > 1) {
            return atDepth(depth - 1, count);
        }
        long begun = System.nanoTime();
        for (int i = 0; i < count; i++) {
            busy("closed").close();
        }
        return System.nanoTime() - begun;
    }
}
