package dev.weft.benchmarks.program;

import static dev.weft.Weft.await;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.shield;
import static dev.weft.Weft.sleep;

import com.sun.management.GarbageCollectionNotificationInfo;
import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Handle;
import dev.weft.Promise;
import dev.weft.Task;
import dev.weft.TaskGroup;
import dev.weft.Weft;
import dev.weft.sync.AsyncQueue;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/**
 * Extremes: many things that end at once, long chains, timers far away, other threads that hand in
 * as fast as they can. Arguments: the peer, which is Weft, and the names of workloads.
 */
public final class Edges {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final long SECOND = 1_000_000_000L;
    private static final AtomicLong USED = new AtomicLong();

    private Edges() {}

    public static void main(String[] args) throws Exception {
        watchHeap();
        for (String workload : List.of(args).subList(1, args.length)) {
            switch (workload) {
                case "sleepers" -> end("end of a run, 1,000,000 sleepers", Edges::sleepers);
                case "group" -> end("end of a group of 1,000,000 sleepers", Edges::group);
                case "gather" -> end("end of a gather of 1,000,000 sleepers", Edges::gathered);
                case "chain" -> end("end of a chain of 1,000,000 tasks", Edges::chain);
                case "chain-backward" ->
                        end("end of a chain of 1,000,000 tasks, backward", Edges::chainBackward);
                case "shields" -> run("100,000 awaiters of shields leave", Edges::shields);
                case "timers" -> run("burst of 40 timers before 10,000,000", Edges::timers);
                case "tryPut" -> tryPut();
                case "flood-execute" -> flood("execute", false);
                case "flood-submit" -> flood("submit", true);
                default -> throw new IllegalArgumentException(workload);
            }
        }
        Out.exit();
    }

    // ---- the end of many at once

    private interface Body {
        Coroutine<Void> start(Runnable ready) throws Exception;
    }

    /** Measures from the call of {@code ready} to the end of the run. */
    private static void end(String workload, Body body) {
        long[] began = new long[2];
        try {
            Weft.run(
                    () ->
                            body.start(
                                    () -> {
                                        began[1] = Heap.live();
                                        USED.set(0);
                                        began[0] = System.nanoTime();
                                    }));
        } catch (dev.weft.CancelledError cancelled) {
            Out.print(workload, "cancelled", 1);
        }
        Out.print(workload, "s", (System.nanoTime() - began[0]) / 1e9);
        Out.print(workload, "MB above", Math.max(0, USED.get() - began[1]) / 1e6);
    }

    private static void watchHeap() {
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            ((NotificationEmitter) collector)
                    .addNotificationListener(
                            (notification, handback) -> {
                                var info =
                                        GarbageCollectionNotificationInfo.from(
                                                (CompositeData) notification.getUserData());
                                long used =
                                        info.getGcInfo().getMemoryUsageAfterGc().values().stream()
                                                .mapToLong(MemoryUsage::getUsed)
                                                .sum();
                                USED.accumulateAndGet(used, Math::max);
                            },
                            null,
                            null);
        }
    }

    @Async
    private static Coroutine<Void> sleeper() {
        await(sleep(HOUR));
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> sleepers(Runnable ready) {
        for (int i = 0; i < 1_000_000; i++) {
            Task.create(sleeper());
        }
        await(sleep(Duration.ofMillis(1)));
        ready.run();
        return Coroutine.done();
    }

    private static Coroutine<Void> group(Runnable ready) {
        return TaskGroup.scope(
                group -> {
                    for (int i = 0; i < 1_000_000; i++) {
                        group.create(sleeper());
                    }
                    await(sleep(Duration.ofMillis(1)));
                    ready.run();
                    group.cancel();
                    return Coroutine.done();
                });
    }

    @Async
    private static Coroutine<Void> gathered(Runnable ready) {
        List<Coroutine<Void>> sleepers = new ArrayList<>();
        for (int i = 0; i < 1_000_000; i++) {
            sleepers.add(sleeper());
        }
        var all = gather(sleepers);
        sleepers.clear();
        await(sleep(Duration.ofMillis(1)));
        ready.run();
        all.cancel();
        await(all);
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> after(Task<Void> previous) {
        await(previous);
        return Coroutine.done();
    }

    /** Each task awaits the one that was created before it. */
    @Async
    private static Coroutine<Void> chain(Runnable ready) {
        Task<Void> last = Task.create(sleeper());
        for (int i = 0; i < 1_000_000; i++) {
            last = Task.create(after(last));
        }
        await(sleep(Duration.ofMillis(1)));
        ready.run();
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> before(Task<Void>[] tasks, int index) {
        await(tasks[index + 1]);
        return Coroutine.done();
    }

    /** Each task awaits the one that is created after it. */
    @Async
    private static Coroutine<Void> chainBackward(Runnable ready) {
        @SuppressWarnings({"unchecked", "rawtypes"})
        Task<Void>[] tasks = new Task[1_000_001];
        for (int i = 0; i < 1_000_000; i++) {
            tasks[i] = Task.create(before(tasks, i));
        }
        tasks[1_000_000] = Task.create(sleeper());
        await(sleep(Duration.ofMillis(1)));
        ready.run();
        return Coroutine.done();
    }

    // ---- many that leave one by one

    private static void run(String workload, java.util.function.Supplier<Coroutine<Double>> body) {
        double seconds = Weft.run(() -> body.get());
        Out.print(workload, "s", seconds);
    }

    @Async
    private static Coroutine<Void> awaitsShield(Promise<Void> stop) {
        await(shield(stop));
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Double> shields() {
        Promise<Void> stop = new Promise<>();
        double worst = 0;
        for (int order = 0; order < 3; order++) {
            List<Task<Void>> tasks = new ArrayList<>();
            for (int i = 0; i < 100_000; i++) {
                tasks.add(Task.create(awaitsShield(stop)));
            }
            await(sleep(Duration.ofMillis(1)));
            if (order == 1) {
                Collections.reverse(tasks);
            } else if (order == 2) {
                Collections.shuffle(tasks, new Random(1));
            }
            long began = System.nanoTime();
            for (Task<Void> task : tasks) {
                task.cancel();
            }
            await(sleep(Duration.ofMillis(1)));
            worst = Math.max(worst, (System.nanoTime() - began) / 1e9);
        }
        return Coroutine.of(worst);
    }

    /**
     * Sets and cancels short timers before many long ones, of which the earliest is cancelled. The
     * loop looks for its next timer in turn among short and among long ones.
     */
    @Async
    private static Coroutine<Double> timers() {
        EventLoop loop = EventLoop.current();
        Random random = new Random(1);
        Far[] far = new Far[10_000_000];
        long base = loop.time() + HOUR.toNanos();
        for (int i = 0; i < far.length; i++) {
            long due = base + random.nextLong(HOUR.toNanos());
            far[i] = new Far(due, loop.callAt(due, Edges::nothing));
        }
        Arrays.parallelSort(far, Comparator.comparingLong(Far::due));
        int bursts = 10_000;
        long began = 0;
        for (int burst = -bursts; burst < bursts; burst++) {
            if (burst == 0) {
                began = System.nanoTime();
            }
            Handle[] near = new Handle[40];
            for (int i = 0; i < near.length; i++) {
                near[i] =
                        loop.callLater(
                                Duration.ofNanos(random.nextLong(SECOND, 2 * SECOND)),
                                Edges::nothing);
            }
            await(sleep(Duration.ofNanos(1)));
            for (Handle handle : near) {
                handle.cancel();
            }
            far[burst + bursts].handle.cancel();
            await(sleep(Duration.ofNanos(1)));
        }
        double each = (System.nanoTime() - began) / 1e9 / bursts;
        Out.print("burst of 40 timers before 10,000,000", "us a burst", each * 1e6);
        return Coroutine.of(each);
    }

    private static void nothing() {}

    private record Far(long due, Handle handle) {}

    private static void tryPut() {
        double best = Double.MAX_VALUE;
        for (int round = 0; round < 10; round++) {
            AsyncQueue<Integer> queue = new AsyncQueue<>();
            long began = System.nanoTime();
            for (int i = 0; i < 1_000_000; i++) {
                queue.tryPut(1);
            }
            double seconds = (System.nanoTime() - began) / 1e9;
            if (round == 0) {
                Out.print("1,000,000 tryPut outside of a loop, cold", "s", seconds);
            }
            best = Math.min(best, seconds);
        }
        Out.print("1,000,000 tryPut outside of a loop", "s", best);
    }

    // ---- other threads that hand in as fast as they can

    private static void flood(String call, boolean submit) throws InterruptedException {
        long[] began = new long[1];
        List<Thread> threads = new ArrayList<>();
        Weft.run(
                () -> {
                    for (int i = 0; i < 1_000; i++) {
                        Task.create(sleeper());
                    }
                    for (int i = 0; i < 2; i++) {
                        threads.add(handsIn(EventLoop.current(), submit));
                    }
                    await(sleep(Duration.ofMillis(300)));
                    began[0] = System.nanoTime();
                    return Coroutine.done();
                });
        Out.print("end of a run under " + call, "s", (System.nanoTime() - began[0]) / 1e9);
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private static Thread handsIn(EventLoop loop, boolean submit) {
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                while (true) {
                                    if (submit) {
                                        var unused = loop.submit(() -> sleeper());
                                    } else {
                                        loop.execute(() -> {});
                                    }
                                }
                            } catch (RejectedExecutionException closed) {
                                return; // the loop has ended
                            }
                        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
