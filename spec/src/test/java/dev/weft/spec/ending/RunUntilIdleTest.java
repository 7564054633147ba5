package dev.weft.spec.ending;

import static dev.weft.Weft.await;
import static dev.weft.Weft.blocking;
import static dev.weft.Weft.sleep;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofNanos;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Promise;
import dev.weft.Runner;
import dev.weft.Task;
import dev.weft.Weft;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@link Runner#runUntilIdle}: everything that can happen at this time, and nothing later. */
@Timeout(60)
class RunUntilIdleTest {
    private final List<String> log = new ArrayList<>();

    @Test
    void everythingAtThisTimeRunsAndNothingLater() {
        try (Runner runner = Weft.runner().virtualTime()) {
            EventLoop loop = runner.loop();
            loop.callLater(ofNanos(1), () -> log.add("later"));
            loop.callSoon(() -> loop.callLater(ZERO, () -> log.add("due")));
            loop.execute(() -> Task.create(() -> twoSteps()));

            runner.runUntilIdle();

            assertThat(log).containsExactlyInAnyOrder("due", "first", "second");
            assertThat(loop.time()).isZero();
        }
    }

    @Async
    private Coroutine<Void> twoSteps() {
        log.add("first");
        await(sleep(ZERO));
        log.add("second");
        await(sleep(ofSeconds(1)));
        log.add("later");
        return Coroutine.done();
    }

    @Test
    void afterASleepEverythingUpToThatTimeHasHappened() {
        try (Runner runner = Weft.runner().virtualTime()) {
            EventLoop loop = runner.loop();
            loop.callLater(ofSeconds(5), () -> loop.callSoon(() -> log.add("at 5 s")));

            runner.run(sleep(ofSeconds(5)));
            runner.runUntilIdle();

            assertThat(log).containsExactly("at 5 s");
            assertThat(loop.time()).isEqualTo(5_000_000_000L);
        }
    }

    @Test
    void aTaskThatWaitsForAnEventIsNoDeadlock() {
        try (Runner runner = Weft.runner().virtualTime()) {
            Promise<String> event = new Promise<>(runner.loop());
            runner.loop().execute(() -> Task.create(() -> waitsFor(event)));

            runner.runUntilIdle();
            assertThat(log).isEmpty();

            runner.loop().execute(() -> event.complete("event"));
            runner.runUntilIdle();
            assertThat(log).containsExactly("event");
        }
    }

    @Async
    private Coroutine<Void> waitsFor(Promise<String> event) {
        log.add(await(event));
        return Coroutine.done();
    }

    @Test
    void outsideWorkIsWaitedFor() {
        Callable<String> work = () -> "outside";
        try (Runner runner = Weft.runner().virtualTime()) {
            runner.loop()
                    .execute(
                            () ->
                                    Task.create(
                                            () -> {
                                                log.add(await(blocking(work)));
                                                return Coroutine.done();
                                            }));
            runner.runUntilIdle();
        }
        assertThat(log).containsExactly("outside");
    }

    @Test
    void anInterruptEndsItAndStaysSet() {
        try (Runner runner = Weft.runner().virtualTime()) {
            runner.loop().execute(() -> Task.create(() -> yieldsForEver()));

            Thread.currentThread().interrupt();
            runner.runUntilIdle();

            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Async
    private static Coroutine<Void> yieldsForEver() {
        while (true) {
            await(sleep(ZERO));
        }
    }

    @Test
    void itIsRefusedWhereRunIsRefused() {
        Runner runner = Weft.runner().virtualTime();
        assertThatThrownBy(
                        () ->
                                runner.run(
                                        () -> {
                                            runner.runUntilIdle();
                                            return Coroutine.done();
                                        }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("inside a running loop");
        runner.close();
        assertThatThrownBy(runner::runUntilIdle)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }
}
