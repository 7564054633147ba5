package dev.weft.spec.scale;

import static dev.weft.Weft.await;
import static dev.weft.Weft.blocking;
import static dev.weft.Weft.gather;
import static dev.weft.spec.support.Threads.hasParked;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Coroutine;
import dev.weft.Deferred;
import dev.weft.EventLoop;
import dev.weft.Handle;
import dev.weft.Weft;
import dev.weft.junit.VirtualTime;
import dev.weft.spec.support.Growth;
import dev.weft.sync.AsyncQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** Queues before a run, timers that are cancelled again and again, and the threads of blocking. */
@Tag("slow")
@Timeout(120)
class QueuesAndTimersTest {
    private static final int ITEMS = 300_000;
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long HOUR = 4_400 * SECOND; // one slot of the timer wheel

    @Test
    void fillingAQueueBeforeARunCostsAboutAsMuchAsInALoop() {
        fill(new AsyncQueue<>());
        Duration before = fill(new AsyncQueue<>());
        Duration inside = VirtualTime.run(() -> Coroutine.of(fill(new AsyncQueue<>())));

        Growth.assertAtMost(8, before, inside);
    }

    private static Duration fill(AsyncQueue<Integer> queue) {
        long begun = System.nanoTime();
        for (int i = 0; i < ITEMS; i++) {
            queue.tryPut(i);
        }
        assertThat(queue.size()).isEqualTo(ITEMS);
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    @Test
    void settingAndCancellingShortTimersIsCheapAmongAMillionLongOnes() {
        Duration few = timeOfBursts(1_000);
        Duration many = timeOfBursts(1_000_000);

        Growth.assertAtMost(8, many, few);
    }

    /**
     * Lets the loop look for its next timer in turn among short and among long timers, by
     * cancelling the earliest. While blocking work is awaited, virtual time does not jump.
     */
    private static Duration timeOfBursts(int timers) {
        return VirtualTime.run(
                () -> {
                    EventLoop loop = EventLoop.current();
                    Thread thread = Thread.currentThread();
                    List<Handle> longTimers = shuffledTimers(loop, timers, HOUR, 2 * HOUR);
                    await(blocking(() -> hasParked(thread)));
                    long begun = System.nanoTime();
                    for (int burst = 0; burst < 50; burst++) {
                        List<Handle> shortTimers = shuffledTimers(loop, 40, SECOND, 2 * SECOND);
                        shortTimers.get(0).cancel();
                        await(blocking(() -> hasParked(thread)));
                        shortTimers.forEach(Handle::cancel);
                        longTimers.get(burst).cancel();
                        await(blocking(() -> hasParked(thread)));
                    }
                    Duration took = Duration.ofNanos(System.nanoTime() - begun);
                    longTimers.forEach(Handle::cancel);
                    return Coroutine.of(took);
                });
    }

    /** Sets timers in a random order, and returns them in the order of their deadlines. */
    private static List<Handle> shuffledTimers(EventLoop loop, int count, long from, long to) {
        SortedMap<Long, Handle> byDelay = new TreeMap<>();
        Random random = new Random(8);
        while (byDelay.size() < count) {
            long delay = random.nextLong(from, to);
            byDelay.put(delay, loop.callLater(Duration.ofNanos(delay), () -> {}));
        }
        return List.copyOf(byDelay.values());
    }

    @Test
    @EnabledForJreRange(max = JRE.JAVA_20, disabledReason = "later ones have virtual threads")
    void blockingWorkUsesABoundedNumberOfThreads() {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Weft.run(
                () -> {
                    List<Deferred<Integer>> works = new ArrayList<>();
                    for (int i = 0; i < 1_000; i++) {
                        works.add(blocking(() -> work(running, most)));
                    }
                    assertThat(await(gather(works))).hasSize(1_000);
                    return Coroutine.done();
                });
        assertThat(most.get()).isBetween(2, 64);
    }

    private static int work(AtomicInteger running, AtomicInteger most) throws InterruptedException {
        most.accumulateAndGet(running.incrementAndGet(), Math::max);
        Thread.sleep(10); // the work itself
        return running.decrementAndGet();
    }
}
