package dev.weft.spec.debugging;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofDays;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Runner;
import dev.weft.Task;
import dev.weft.Unhandled;
import dev.weft.Weft;
import dev.weft.spec.support.Logs;
import dev.weft.spec.support.Source;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@link Runner#unawaited}: coroutines that were never awaited, without the collector. */
@Timeout(60)
class UnawaitedTest {
    private final Logs logs = new Logs();
    private final List<Coroutine<?>> kept = new ArrayList<>();

    @AfterEach
    void close() {
        logs.close();
    }

    @Async
    private static Coroutine<Void> save() {
        await(sleep(ZERO));
        return Coroutine.done();
    }

    @Test
    void aReachableCoroutineIsReturnedWithThePlaceOfItsCreation() {
        try (Runner runner = Weft.runner().virtualTime().debug(true)) {
            runner.run(
                    () -> {
                        await(save());
                        kept.add(save()); // kept, not awaited
                        return Coroutine.done();
                    });
            List<Unhandled> unawaited = runner.unawaited();

            assertThat(unawaited).hasSize(1);
            assertThat(unawaited.get(0).message()).contains("save()", "was never awaited");
            StackTraceElement place = unawaited.get(0).exception().getStackTrace()[0];
            assertThat(Source.commentAt(place)).isEqualTo("kept, not awaited");
        }
    }

    @Test
    void theyAreReturnedOnceInTheOrderOfCreationAndThenNotLogged() throws InterruptedException {
        try (Runner runner = Weft.runner().virtualTime().debug(true)) {
            runner.loop();
            kept.add(save());
            kept.add(Weft.sleep(ofDays(1)));

            assertThat(runner.unawaited())
                    .extracting(Unhandled::message)
                    .satisfiesExactly(
                            first -> assertThat(first).contains("save()"),
                            second -> assertThat(second).contains("a coroutine was never"));
            assertThat(runner.unawaited()).isEmpty();

            kept.clear();
            drop(); // the cleaner handles this coroutine after the others
            while (logs.messages().stream().noneMatch(m -> m.contains("drop("))) {
                System.gc();
                Thread.sleep(1);
            }
        }
        assertThat(logs.messages()).filteredOn(m -> m.contains("never awaited")).hasSize(1);
    }

    @SuppressWarnings("weft:dropped-coroutine")
    private static void drop() {
        save();
    }

    @Test
    void aCollectedCoroutineIsReturnedToo() throws InterruptedException {
        try (Runner runner = Weft.runner().virtualTime().debug(true)) {
            runner.loop();
            drop();
            while (logs.messages().stream().noneMatch(m -> m.contains("never awaited"))) {
                System.gc();
                Thread.sleep(1);
            }
            assertThat(runner.unawaited()).hasSize(1);
        }
    }

    @Test
    void coroutinesThatWereAwaitedClosedOrMadeTasksAreNotReturned() {
        try (Runner runner = Weft.runner().virtualTime().debug(true)) {
            runner.run(
                    () -> {
                        save().close();
                        await(save());
                        Task.create(save()).cancel();
                        return Weft.gather(save(), save()).done() ? Coroutine.done() : save();
                    });
            assertThat(runner.unawaited()).isEmpty();
        }
    }

    @Test
    void coroutinesOfOtherThreadsAndOfEarlierLoopsAreNotReturned() throws InterruptedException {
        try (Runner earlier = Weft.runner().debug(true)) {
            earlier.loop();
            kept.add(save());
            try (Runner runner = Weft.runner().debug(true)) {
                runner.loop();
                Thread other = new Thread(() -> kept.add(save()));
                other.start();
                other.join();
                assertThat(runner.unawaited()).isEmpty();
            }
            assertThat(earlier.unawaited()).hasSize(1);
        }
    }

    @Test
    void withoutDebugModeThereAreNone() {
        try (Runner runner = Weft.runner().virtualTime()) {
            runner.loop();
            kept.add(save());
            assertThat(runner.unawaited()).isEmpty();
        }
        assertThat(Weft.runner().debug(true).unawaited()).isEmpty();
    }

    @Test
    void theyAreReturnedAfterTheEndOfTheLoopToo() {
        Runner runner = Weft.runner().virtualTime().debug(true);
        runner.loop();
        kept.add(save());
        runner.close();
        assertThat(runner.unawaited()).hasSize(1);
    }
}
