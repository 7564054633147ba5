package dev.weft.spec.poller;

import static dev.weft.Weft.await;
import static dev.weft.Weft.blocking;
import static dev.weft.Weft.sleep;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Promise;
import dev.weft.Runner;
import dev.weft.Weft;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A poller in virtual time: sources that are awaited have 10 ms of real time. */
@Timeout(20)
class PollerInVirtualTimeTest {
    private final Runner runner = Weft.runner().virtualTime();

    @AfterEach
    void close() {
        runner.close();
    }

    @Test
    void theClockJumpsAfterTenMillisecondsInWhichNothingWasReady() {
        runner.run(
                () -> {
                    TestPoller poller = TestPoller.install();
                    poller.isAwaited(true);
                    long began = System.nanoTime();
                    await(sleep(ofHours(1)));
                    assertThat(System.nanoTime() - began).isGreaterThanOrEqualTo(10_000_000);
                    assertThat(EventLoop.current().time()).isEqualTo(ofHours(1).toNanos());
                    assertThat(poller.waits()).isPositive();
                    return Coroutine.done();
                });
    }

    @Test
    void aSourceThatIsReadyInTheGraceComesBeforeTheTimer() {
        runner.run(
                () -> {
                    TestPoller poller = TestPoller.install();
                    poller.isAwaited(true);
                    for (int i = 0; i < 20; i++) {
                        Promise<Void> promise = new Promise<>();
                        poller.readyAtNextPoll(() -> promise.complete(null));
                        EventLoop.current().callLater(ofHours(1), () -> {});
                        await(promise);
                    }
                    assertThat(EventLoop.current().time()).isZero();
                    return Coroutine.done();
                });
    }

    @Test
    void sourcesThatNobodyAwaitsHaveNoGrace() {
        runner.run(
                () -> {
                    TestPoller poller = TestPoller.install();
                    for (int i = 0; i < 1_000; i++) {
                        await(sleep(ofDays(1)));
                    }
                    assertThat(poller.looks() + poller.waits()).isZero();
                    return Coroutine.done();
                });
    }

    @Test
    void timeStandsStillWhileTheOutsideIsAwaited() {
        runner.run(
                () -> {
                    TestPoller poller = TestPoller.install();
                    poller.isAwaited(true);
                    boolean[] hasRung = new boolean[1];
                    EventLoop.current().callLater(ofHours(1), () -> hasRung[0] = true);
                    await(blocking(() -> Thread.sleep(30))); // longer than the grace
                    assertThat(hasRung[0]).isFalse();
                    assertThat(EventLoop.current().time()).isZero();
                    return Coroutine.done();
                });
    }

    @Test
    void withoutATimerTheLoopWaitsForItsSources() {
        runner.run(
                () -> {
                    TestPoller poller = TestPoller.install();
                    poller.isAwaited(true);
                    Promise<String> promise = new Promise<>();
                    EventLoop loop = EventLoop.current();
                    Thread other = new Thread(() -> later(loop, promise));
                    other.start();
                    assertThat(await(promise)).isEqualTo("late");
                    other.join();
                    return Coroutine.done();
                });
    }

    private static void later(EventLoop loop, Promise<String> promise) {
        try {
            Thread.sleep(30);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        loop.execute(() -> promise.complete("late"));
    }

    @Test
    void aDeadlockIsSeenIfNobodyAwaitsASource() {
        assertThatThrownBy(
                        () ->
                                runner.run(
                                        () -> {
                                            TestPoller.install();
                                            await(new Promise<Void>());
                                            return Coroutine.done();
                                        }))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void runUntilIdleLooksAtTheSourcesAndLetsNoTimePass() {
        TestPoller[] poller = new TestPoller[1];
        boolean[] isReady = new boolean[1];
        runner.run(
                () -> {
                    poller[0] = TestPoller.install();
                    return Coroutine.done();
                });
        poller[0].isAwaited(true);
        poller[0].readyAtNextPoll(() -> runner.loop().callSoon(() -> isReady[0] = true));
        runner.runUntilIdle();
        assertThat(isReady[0]).isTrue();
        assertThat(runner.loop().time()).isZero();
    }
}
