package dev.weft.junit.samples;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofDays;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Runner;
import dev.weft.Task;
import dev.weft.junit.WeftTest;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Tests that fail, and leave something behind. */
@Sample
@WeftTest
public class FailsAndLeaks {
    @AfterEach
    void tearDown(Runner runner, TestInfo info) {
        if (info.getDisplayName().contains("AfterEach")) {
            throw new IllegalStateException("after each");
        }
    }

    private static Coroutine<Void> leaks() {
        Task.create("leaked", () -> sleep(ofDays(1)));
        return Coroutine.done();
    }

    @Test
    void theFailureOfTheTestComesFirst(Runner runner) {
        runner.run(() -> leaks());
        assertEquals(1, 2);
    }

    @Test
    void theFailureOfAfterEachComesFirst(Runner runner) {
        runner.run(() -> leaks());
    }

    @Test
    void theTestAndAfterEachFail(Runner runner) {
        runner.run(() -> leaks());
        assertEquals(1, 2);
    }

    @Test
    @Async
    Coroutine<Void> aCheckedExceptionIsThrownAsItIs() throws IOException {
        await(sleep(ZERO));
        throw new IOException("checked");
    }

    @Test
    void anAbortedTestStaysAborted(Runner runner) {
        runner.run(() -> leaks());
        assumeTrue(false, "no network");
    }

    @Test
    void aCancelledMainFailsTheTest(Runner runner) {
        runner.run(
                () -> {
                    Task.current().cancel("by itself");
                    return sleep(ZERO);
                });
    }

    @Test
    void anErrorThatStopsTheLoopIsTheFailure(Runner runner) {
        runner.run(
                () -> {
                    Task.create("leaked", () -> sleep(ofDays(1)));
                    throw new InternalError("fatal");
                });
    }

    @Test
    @Async
    Coroutine<Void> anInterruptCancelsTheTest() {
        Thread.currentThread().interrupt();
        await(sleep(ofDays(1)));
        return Coroutine.done();
    }
}
