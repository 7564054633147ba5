package dev.weft.spec.poller;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.weft.Async;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Promise;
import dev.weft.Task;
import dev.weft.Weft;
import dev.weft.io.Poller;
import dev.weft.spec.support.OtherThread;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A poller takes the place of parking: its making, its failures and its end. */
@Timeout(20)
class PollerTest {
    /** Another type of poller. */
    private static final class OtherPoller extends TestPoller {}

    // ---- making

    @Test
    void theFactoryIsCalledOnceAndTheLoopWaitsInItsResult() {
        TestPoller poller = new TestPoller();
        int[] calls = new int[1];
        Weft.run(
                () -> {
                    EventLoop loop = EventLoop.current();
                    for (int i = 0; i < 2; i++) {
                        assertThat(
                                        loop.poller(
                                                TestPoller.class,
                                                face -> {
                                                    assertThat(face).isSameAs(loop);
                                                    calls[0]++;
                                                    return poller;
                                                }))
                                .isSameAs(poller);
                    }
                    await(sleep(ofMillis(30)));
                    return Coroutine.done();
                });
        assertThat(calls[0]).isOne();
        assertThat(poller.waits()).isPositive();
    }

    @Test
    void twoTypesAreRefusedWithBothNames() {
        Weft.run(
                () -> {
                    TestPoller.install();
                    EventLoop loop = EventLoop.current();
                    assertThatThrownBy(
                                    () -> loop.poller(OtherPoller.class, face -> new OtherPoller()))
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining(TestPoller.class.getName())
                            .hasMessageContaining(OtherPoller.class.getName());
                    return Coroutine.done();
                });
    }

    @Test
    void aFactoryThatThrowsOrReturnsNullLeavesTheLoopAsItWas() {
        Weft.run(
                () -> {
                    EventLoop loop = EventLoop.current();
                    RuntimeException failure = new IllegalArgumentException("no poller");
                    assertThatThrownBy(
                                    () ->
                                            loop.poller(
                                                    TestPoller.class,
                                                    face -> {
                                                        throw failure;
                                                    }))
                            .isSameAs(failure);
                    assertThatThrownBy(() -> loop.poller(TestPoller.class, face -> null))
                            .isInstanceOf(NullPointerException.class)
                            .hasMessage("the factory of the poller has returned null");
                    await(sleep(ofMillis(30)));
                    assertThat(TestPoller.install()).isNotNull();
                    return Coroutine.done();
                });
    }

    @Test
    void aFactoryThatAsksForThePollerItselfGetsOne() {
        Weft.run(
                () -> {
                    EventLoop loop = EventLoop.current();
                    TestPoller[] made = new TestPoller[2];
                    TestPoller used =
                            loop.poller(
                                    TestPoller.class,
                                    face -> {
                                        made[0] = TestPoller.install();
                                        made[1] = new TestPoller();
                                        return made[1];
                                    });
                    assertThat(used).isSameAs(made[0]);
                    assertThat(made[0].log).isEmpty();
                    assertThat(made[1].log).hasSize(1);
                    return Coroutine.done();
                });
    }

    @Test
    void anotherThreadAndAClosedLoopAreRefused() {
        EventLoop[] loop = new EventLoop[1];
        Weft.run(
                () -> {
                    loop[0] = EventLoop.current();
                    assertThat(OtherThread.thrownBy(() -> installIn(loop[0])))
                            .isInstanceOf(IllegalStateException.class);
                    return Coroutine.done();
                });
        assertThatThrownBy(() -> installIn(loop[0])).isInstanceOf(IllegalStateException.class);
    }

    private static void installIn(EventLoop loop) {
        loop.poller(TestPoller.class, face -> new TestPoller());
    }

    // ---- waiting

    @Test
    void aPollerThatIsSetWhileTheLoopRunsHearsOtherThreads() {
        String heard =
                Weft.run(
                        () -> {
                            TestPoller poller = TestPoller.install();
                            Promise<String> promise = new Promise<>();
                            FutureTask<Void> other = OtherThread.start(() -> completes(promise));
                            String value = await(promise);
                            assertThat(poller.waits()).isPositive();
                            other.get();
                            return Coroutine.of(value);
                        });
        assertThat(heard).isEqualTo("heard");
    }

    private static Void completes(Promise<String> promise) throws InterruptedException {
        Thread.sleep(20); // the loop waits by now, or will not have to
        promise.complete("heard");
        return null;
    }

    @Test
    void aSourceThatIsReadyMakesItsTaskReady() {
        Weft.run(
                () -> {
                    TestPoller poller = TestPoller.install();
                    Promise<String> promise = new Promise<>();
                    poller.readyAtNextPoll(() -> promise.complete("ready"));
                    assertThat(await(promise)).isEqualTo("ready");
                    return Coroutine.done();
                });
    }

    @Test
    void anInterruptEndsTheWaitAndCancelsMain() {
        Thread loop = Thread.currentThread();
        TestPoller[] poller = new TestPoller[1];
        List<FutureTask<Void>> interrupting = new ArrayList<>();
        Throwable thrown =
                catchThrowable(
                        () ->
                                Weft.run(
                                        () -> {
                                            poller[0] = TestPoller.install();
                                            interrupting.add(
                                                    OtherThread.start(() -> interrupts(loop)));
                                            return sleep(ofDays(1));
                                        }));
        assertThat(thrown).isInstanceOf(CancelledError.class);
        assertThat(interrupting).hasSize(1);
        assertThat(Thread.interrupted()).isFalse();
        assertThat(poller[0].log).hasSize(1);
    }

    private static Void interrupts(Thread loop) throws InterruptedException {
        Thread.sleep(20);
        loop.interrupt();
        return null;
    }

    @Test
    void aBusyLoopLooksAtItsPollerEveryFiftyMicroseconds() {
        Weft.run(
                () -> {
                    TestPoller poller = TestPoller.install();
                    poller.isAwaited(true);
                    await(sleep(ZERO));
                    poller.looks();
                    long began = System.nanoTime();
                    int passes = 0;
                    while (System.nanoTime() - began < 50_000_000) {
                        await(sleep(ZERO));
                        passes++;
                    }
                    int looks = poller.looks();
                    assertThat(passes).isGreaterThan(looks);
                    assertThat(looks).isBetween(10, 1_000);
                    assertThat(poller.waits()).isZero();
                    return Coroutine.done();
                });
    }

    @Test
    void eachPassThatIsLongIsFollowedByALook() {
        Weft.run(
                () -> {
                    TestPoller poller = TestPoller.install();
                    poller.isAwaited(true);
                    for (int i = 0; i < 20; i++) {
                        await(longPass());
                    }
                    poller.looks();
                    for (int i = 0; i < 20; i++) {
                        await(longPass());
                    }
                    assertThat(poller.looks()).isBetween(19, 21);
                    return Coroutine.done();
                });
    }

    @Async
    private static Coroutine<Void> longPass() {
        long began = System.nanoTime();
        while (System.nanoTime() - began < 100_000) {
            Thread.onSpinWait();
        }
        await(sleep(ZERO));
        return Coroutine.done();
    }

    @Test
    void aBusyLoopDoesNotLookIfNobodyWaits() {
        Weft.run(
                () -> {
                    TestPoller poller = TestPoller.install();
                    for (int i = 0; i < 20; i++) {
                        await(longPass());
                    }
                    assertThat(poller.looks()).isZero();
                    return Coroutine.done();
                });
    }

    // ---- the end

    @Test
    void itIsClosedOnceOnTheLoopsThreadAfterAllTasksHaveEnded() {
        List<String> log =
                Weft.run(
                        () -> {
                            TestPoller poller = TestPoller.install();
                            Task.create(() -> endsSlowly(poller.log));
                            await(sleep(ZERO));
                            return Coroutine.of(poller.log);
                        });
        assertThat(log)
                .containsExactly("task has ended", "closed on " + Thread.currentThread().getName());
    }

    @Async
    private static Coroutine<Void> endsSlowly(List<String> log) {
        try {
            await(sleep(ofDays(1)));
        } finally {
            await(sleep(ofMillis(5)));
            log.add("task has ended");
        }
        return Coroutine.done();
    }

    @Test
    void aPollerThatThrowsEndsTheRunWithItsFailureAndIsClosed() {
        List<String> log = new ArrayList<>();
        IllegalStateException broken = new IllegalStateException("broken");
        Throwable thrown =
                catchThrowable(
                        () ->
                                Weft.run(
                                        () -> {
                                            EventLoop.current()
                                                    .poller(
                                                            Broken.class,
                                                            loop -> new Broken(broken, log));
                                            Task.create(() -> endsSlowly(log));
                                            return sleep(ofDays(1));
                                        }));
        assertThat(thrown).isSameAs(broken);
        assertThat(log).containsExactly("closed", "task has ended");
    }

    @Test
    void aPollerThatThrowsAlsoWhenItIsClosedDoesNotHideItsFirstFailure() {
        IllegalStateException broken = new IllegalStateException("broken");
        Throwable thrown =
                catchThrowable(
                        () ->
                                Weft.run(
                                        () -> {
                                            EventLoop.current()
                                                    .poller(
                                                            Broken.class,
                                                            loop -> new Broken(broken, null));
                                            return sleep(ofDays(1));
                                        }));
        assertThat(thrown).isSameAs(broken);
        assertThat(thrown.getSuppressed()).hasSize(1);
        assertThat(Weft.run(() -> Coroutine.of("next loop"))).isEqualTo("next loop");
    }

    @Test
    void aBusyLoopWhosePollerThrowsEndsInTheSameWay() {
        List<String> log = new ArrayList<>();
        IllegalStateException broken = new IllegalStateException("broken");
        Throwable thrown =
                catchThrowable(
                        () ->
                                Weft.run(
                                        () -> {
                                            EventLoop.current()
                                                    .poller(
                                                            Broken.class,
                                                            loop -> new Broken(broken, log));
                                            while (true) {
                                                await(longPass());
                                            }
                                        }));
        assertThat(thrown).isSameAs(broken);
        assertThat(log).containsExactly("closed");
    }

    @Test
    void tasksEndInOrderAlsoIfTheyKeepTheLoopBusyAfterItsPollerHasThrown() {
        List<String> log = new ArrayList<>();
        IllegalStateException broken = new IllegalStateException("broken");
        Throwable thrown =
                catchThrowable(
                        () ->
                                Weft.run(
                                        () -> {
                                            EventLoop.current()
                                                    .poller(
                                                            Broken.class,
                                                            loop -> new Broken(broken, log));
                                            try {
                                                while (true) {
                                                    await(longPass());
                                                }
                                            } finally {
                                                for (int i = 0; i < 100; i++) {
                                                    await(longPass());
                                                }
                                                log.add("main has ended");
                                            }
                                        }));
        assertThat(thrown).isSameAs(broken);
        assertThat(log).containsExactly("closed", "main has ended");
    }

    /** A poller that throws. */
    private static final class Broken implements Poller {
        private final RuntimeException failure;
        private final List<String> log;

        Broken(RuntimeException failure, List<String> log) {
            this.failure = failure;
            this.log = log;
        }

        @Override
        public void poll(long nanos) {
            throw failure;
        }

        @Override
        public void wakeup() {}

        @Override
        public boolean isAwaited() {
            return true;
        }

        @Override
        public void close() {
            log.add("closed");
        }
    }
}
