package dev.weft.netty;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Async;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Promise;
import dev.weft.Runner;
import dev.weft.Weft;
import dev.weft.junit.WeftTest;
import io.netty.channel.IoEventLoop;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The rules of a poller that Netty's loop breaks without correction. They depend on what Netty does
 * inside, so they have to be run with each new version.
 */
@WeftTest(virtualTime = false)
@Timeout(60)
class CuresTest {
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    /** Calls {@code body} with a poller, outside of a run. */
    private static void withPoller(Transports transport, Body body) throws Exception {
        try (Runner runner = Weft.runner().poller(transport.factory())) {
            body.run(
                    runner.loop()
                            .poller(
                                    NettyLoop.class,
                                    loop -> {
                                        throw new AssertionError("made before");
                                    }));
        }
    }

    private interface Body {
        void run(NettyLoop poller) throws Exception;
    }

    private static void inThread(Runnable body) throws InterruptedException {
        Thread thread = new Thread(body);
        thread.start();
        thread.join();
    }

    // ---- the wake-up

    @ParameterizedTest
    @EnumSource
    void aWakeUpBeforeTheWaitEndsIt(Transports transport) throws Exception {
        withPoller(
                transport,
                poller -> {
                    for (int i = 0; i < 100; i++) {
                        inThread(poller::wakeup);
                        poller.poll(MINUTE);
                    }
                });
    }

    /** The number of callbacks from two threads; 400,000 is the acceptance run of a poller. */
    private static final int HAND_INS = Integer.getInteger("weft.netty.handIns", 40_000);

    @ParameterizedTest
    @EnumSource
    void noHandInIsLost(Transports transport) throws Exception {
        AtomicInteger arrived = new AtomicInteger();
        Weft.runner().poller(transport.factory()).run(() -> handInFromTwoThreads(arrived));
        assertThat(arrived.get()).isEqualTo(HAND_INS);
    }

    @Async
    private static Coroutine<Void> handInFromTwoThreads(AtomicInteger arrived) {
        EventLoop loop = EventLoop.current();
        Promise<Void> first = new Promise<>();
        Promise<Void> second = new Promise<>();
        new Thread(() -> handIn(loop, 1, arrived, first)).start();
        new Thread(() -> handIn(loop, 2, arrived, second)).start();
        await(first);
        await(second);
        return Coroutine.done();
    }

    /** Hands in at random distances. Every fourth time waits for the answer, so that none hides. */
    private static void handIn(
            EventLoop loop, long seed, AtomicInteger arrived, Promise<Void> ended) {
        SplittableRandom random = new SplittableRandom(seed);
        Thread self = Thread.currentThread();
        for (int i = 0; i < HAND_INS / 2; i++) {
            int distance = random.nextInt(2_000);
            for (int spin = 0; spin < distance; spin++) {
                Thread.onSpinWait();
            }
            if (i % 4 > 0) {
                loop.execute(arrived::incrementAndGet);
                continue;
            }
            AtomicBoolean isAnswered = new AtomicBoolean();
            loop.execute(
                    () -> {
                        arrived.incrementAndGet();
                        isAnswered.set(true);
                        LockSupport.unpark(self);
                    });
            while (!isAnswered.get()) {
                LockSupport.park();
            }
        }
        ended.complete(null);
    }

    // ---- interrupts

    @ParameterizedTest
    @EnumSource
    void anInterruptEndsTheWaitAndStaysSet(Transports transport) throws Exception {
        SplittableRandom random = new SplittableRandom(3);
        Thread self = Thread.currentThread();
        withPoller(
                transport,
                poller -> {
                    for (int i = 0; i < 300; i++) {
                        int distance = random.nextInt(200_000);
                        Thread other =
                                new Thread(
                                        () -> {
                                            LockSupport.parkNanos(distance);
                                            self.interrupt();
                                        });
                        other.start();
                        while (!self.isInterrupted()) {
                            poller.poll(MINUTE);
                        }
                        assertThat(Thread.interrupted()).isTrue();
                        other.join();
                    }
                });
    }

    @ParameterizedTest
    @EnumSource
    void anInterruptBeforeTheWaitEndsItAndStaysSet(Transports transport) throws Exception {
        withPoller(
                transport,
                poller -> {
                    Thread.currentThread().interrupt();
                    poller.poll(MINUTE);
                    poller.poll(0);
                    assertThat(Thread.interrupted()).isTrue();
                });
    }

    @ParameterizedTest
    @EnumSource
    void anInterruptCancelsTheMainTask(Transports transport) {
        Thread self = Thread.currentThread();
        Coroutine<Void> main =
                Coroutine.from(
                        () -> {
                            new Thread(
                                            () -> {
                                                LockSupport.parkNanos(50_000_000);
                                                self.interrupt();
                                            })
                                    .start();
                            return sleep(Duration.ofMinutes(10));
                        });
        Runner runner = Weft.runner().poller(transport.factory());
        long began = System.nanoTime();
        assertThatThrownBy(() -> runner.run(main))
                .isInstanceOf(CancelledError.class)
                .hasMessage("shut down: interrupted");
        assertThat(System.nanoTime() - began).isLessThan(TimeUnit.SECONDS.toNanos(10));
        runner.close();
    }

    // ---- spinning

    @ParameterizedTest
    @EnumSource
    void aShortTimerIsWaitedForAndDoesNotSpin(Transports transport) {
        double share = Weft.runner().poller(transport.factory()).run(() -> shareOfCpu());
        assertThat(share).isLessThan(0.5);
    }

    /** Returns the time on the processor divided by the time slept. */
    @Async
    private static Coroutine<Double> shareOfCpu() {
        await(sleepAgainAndAgain(500)); // compiles the code
        long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        await(sleepAgainAndAgain(1_000));
        long used = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
        return Coroutine.of(used / (1_000 * 300e3));
    }

    @Async
    private static Coroutine<Void> sleepAgainAndAgain(int times) {
        for (int i = 0; i < times; i++) {
            await(sleep(Duration.ofNanos(300_000)));
        }
        return Coroutine.done();
    }

    @ParameterizedTest
    @EnumSource
    @Async
    Coroutine<Void> aShortTimerOfNettyDoesNotSpinEither(Transports transport) {
        IoEventLoop netty = transport.install().eventLoop();
        for (int i = 0; i < 200; i++) {
            await(NettyLoop.of(netty.schedule(() -> {}, 300, TimeUnit.MICROSECONDS)));
        }
        long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        for (int i = 0; i < 500; i++) {
            await(NettyLoop.of(netty.schedule(() -> {}, 300, TimeUnit.MICROSECONDS)));
        }
        long used = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
        assertThat(used / (500 * 300e3)).isLessThan(0.6);
        return Coroutine.done();
    }

    // ---- the end

    /** A quiet period would sleep on the loop's thread, which uses the interrupt up. */
    @ParameterizedTest
    @EnumSource
    void theEndDoesNotSleep(Transports transport) throws Exception {
        IoEventLoop[] netty = new IoEventLoop[1];
        withPoller(
                transport,
                poller -> {
                    netty[0] = poller.eventLoop();
                    netty[0].execute(() -> {});
                    poller.poll(0);
                    Thread.currentThread().interrupt();
                    poller.close();
                    assertThat(Thread.interrupted()).isTrue();
                });
        assertThat(netty[0].isTerminated()).isTrue();
    }

    @Test
    void tasksWithThreadsOfTheirOwnAreRefused() {
        System.setProperty("weft.debugger", "true");
        try (Runner runner = Weft.runner()) {
            assertThatThrownBy(() -> runner.loop().poller(NettyLoop.class, NettyLoop.nio()))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageContaining("-Dweft.debugger=true");
        } finally {
            System.clearProperty("weft.debugger");
        }
    }
}
