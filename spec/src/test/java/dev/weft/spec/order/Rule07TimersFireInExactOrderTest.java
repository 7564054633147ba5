package dev.weft.spec.order;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static dev.weft.junit.VirtualTime.iterations;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofNanos;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Handle;
import dev.weft.Task;
import dev.weft.Weft;
import dev.weft.junit.VirtualTime;
import dev.weft.spec.support.Steps;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Rule 7: the order of timers. */
class Rule07TimersFireInExactOrderTest {
    private final List<String> trace = new ArrayList<>();

    @Test
    void timersFireInTheOrderOfTheirDeadlinesToTheNanosecond() {
        VirtualTime.run(
                () -> {
                    EventLoop loop = EventLoop.current();
                    for (long nanos : new long[] {1_000_002, 3, 1_000_000, 1, 1_000_001, 2}) {
                        loop.callLater(ofNanos(nanos), () -> trace.add(nanos + "@" + loop.time()));
                    }
                    await(sleep(ofSeconds(1)));
                    return Coroutine.done();
                });

        assertThat(trace)
                .containsExactly(
                        "1@1",
                        "2@2",
                        "3@3",
                        "1000000@1000000",
                        "1000001@1000001",
                        "1000002@1000002");
    }

    @Test
    void timersWithEqualDeadlinesFireInInsertionOrderHoweverTheyWereSet() {
        VirtualTime.run(
                () -> {
                    EventLoop loop = EventLoop.current();
                    loop.callLater(ofSeconds(3), () -> trace.add("a"));
                    await(sleep(ofSeconds(1)));
                    loop.callAt(3_000_000_000L, () -> trace.add("b"));
                    loop.callLater(ofSeconds(2), () -> trace.add("c"));
                    await(sleep(ofMillis(1500)));
                    loop.callLater(ofMillis(500), () -> trace.add("d"));
                    loop.callAt(3_000_000_000L, () -> trace.add("e"));
                    await(sleep(ofSeconds(1)));
                    return Coroutine.done();
                });

        assertThat(trace).containsExactly("a", "b", "c", "d", "e");
    }

    @Test
    void sleepersWithEqualDeadlinesWakeInTheOrderInWhichTheyFellAsleep() {
        VirtualTime.run(
                () -> {
                    Task.create(sleeping("a", ofSeconds(2)));
                    Task.create(sleeping("b", ofSeconds(2)));
                    await(sleep(ofSeconds(1)));
                    Task.create(sleeping("c", ofSeconds(1)));
                    Task.create(sleeping("d", ofSeconds(1)));
                    await(sleep(ofSeconds(2)));
                    return Coroutine.done();
                });

        assertThat(trace).containsExactly("a", "b", "c", "d");
    }

    @Test
    void randomDeadlinesFireInTheOrderOfDeadlineAndInsertion() {
        record Timer(long deadline, int number) {}
        List<Timer> fired = new ArrayList<>();
        List<Timer> set = new ArrayList<>();
        VirtualTime.run(
                () -> {
                    Random random = new Random(7);
                    for (int i = 0; i < 10_000; i++) {
                        long deadline = random.nextLong(1, 1L << random.nextInt(1, 40));
                        Timer timer = new Timer(deadline, i);
                        set.add(timer);
                        EventLoop.current().callAt(deadline, () -> fired.add(timer));
                    }
                    await(sleep(Duration.ofDays(1)));
                    return Coroutine.done();
                });

        set.sort(Comparator.comparingLong(Timer::deadline));
        assertThat(fired).isEqualTo(set);
    }

    @Test
    void pastDeadlinesComeFirstAndInDeadlineOrder() {
        VirtualTime.run(
                () -> {
                    EventLoop loop = EventLoop.current();
                    await(sleep(ofSeconds(10)));
                    long now = loop.time();
                    loop.callLater(ZERO, () -> trace.add("now"));
                    loop.callAt(now - 1, () -> trace.add("-1"));
                    loop.callAt(now - 3, () -> trace.add("-3"));
                    loop.callAt(now + 1, () -> trace.add("+1"));
                    loop.callAt(Long.MIN_VALUE, () -> trace.add("long ago"));
                    loop.callAt(now - 3, () -> trace.add("-3 again"));
                    loop.callLater(ofNanos(-2), () -> trace.add("-2"));
                    loop.callAt(now, () -> trace.add("now again"));
                    await(iterations(2));
                    assertThat(loop.time()).isEqualTo(now);
                    trace.add("next iteration");
                    await(sleep(ofSeconds(1)));
                    return Coroutine.done();
                });

        assertThat(trace)
                .containsExactly(
                        "long ago",
                        "-3",
                        "-3 again",
                        "-2",
                        "-1",
                        "now",
                        "now again",
                        "next iteration",
                        "+1");
    }

    @Test
    void theTimerOfASleeperOnlyQueuesTheSleepersNextStep() {
        Steps steps = new Steps();
        VirtualTime.run(
                () -> {
                    EventLoop loop = EventLoop.current();
                    loop.callLater(
                            ofSeconds(1),
                            () -> {
                                steps.expect(2);
                                loop.callSoon(() -> steps.expect(4));
                            });
                    Task<Void> sleeper =
                            Task.create(
                                    () -> {
                                        steps.expect(1);
                                        await(sleep(ofSeconds(1)));
                                        steps.expect(5);
                                        return Coroutine.done();
                                    });
                    await(iterations(1));
                    loop.callLater(
                            ofSeconds(1),
                            () -> {
                                steps.expect(3);
                                loop.callSoon(() -> steps.expect(6));
                            });
                    await(sleeper);
                    steps.expect(7);
                    return Coroutine.done();
                });
        steps.assertFinished(7);
    }

    @Test
    void sleepersWithEqualDeadlinesAreAllWokenBeforeOneOfThemRuns() {
        Steps steps = new Steps();
        VirtualTime.run(
                () -> {
                    Task<Void> second =
                            Task.create(
                                    () -> {
                                        await(iterations(1));
                                        await(sleep(ofSeconds(1)));
                                        steps.expect(2);
                                        return Coroutine.done();
                                    });
                    await(sleep(ofSeconds(1)));
                    steps.expect(1);
                    EventLoop.current().callSoon(() -> steps.expect(3));
                    await(second);
                    steps.expect(4);
                    return Coroutine.done();
                });
        steps.assertFinished(4);
    }

    @Test
    void aTimerThatIsCancelledDoesNotFireEvenIfItIsAlreadyDue() {
        VirtualTime.run(
                () -> {
                    EventLoop loop = EventLoop.current();
                    Handle early = loop.callLater(ofSeconds(1), () -> trace.add("early"));
                    Handle[] tie = new Handle[1];
                    loop.callLater(
                            ofSeconds(2),
                            () -> {
                                trace.add("before");
                                tie[0].cancel();
                            });
                    tie[0] = loop.callLater(ofSeconds(2), () -> trace.add("tie"));
                    loop.callLater(ofSeconds(2), () -> trace.add("after"));
                    early.cancel();
                    early.cancel();
                    await(sleep(ofSeconds(3)));
                    return Coroutine.done();
                });

        assertThat(trace).containsExactly("before", "after");
    }

    @Test
    void inRealTimeNoTimerFiresEarly() {
        List<Long> early = new ArrayList<>();
        Weft.run(
                () -> {
                    EventLoop loop = EventLoop.current();
                    for (int i = 0; i < 100; i++) {
                        long deadline = loop.time() + i * 50_000L;
                        loop.callAt(
                                deadline,
                                () -> {
                                    if (loop.time() < deadline) {
                                        early.add(deadline);
                                    }
                                });
                    }
                    long begun = System.nanoTime();
                    await(sleep(ofMillis(6)));
                    assertThat(System.nanoTime() - begun).isGreaterThanOrEqualTo(6_000_000);
                    return Coroutine.done();
                });

        assertThat(early).isEmpty();
    }

    @Async
    private Coroutine<Void> sleeping(String name, Duration delay) {
        await(sleep(delay));
        trace.add(name);
        return Coroutine.done();
    }
}
