package dev.weft.benchmarks.program;

import static dev.weft.Weft.asCompleted;
import static dev.weft.Weft.await;
import static dev.weft.Weft.blocking;
import static dev.weft.Weft.gatherOutcomes;
import static dev.weft.Weft.shield;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.timeout;
import static java.time.Duration.ofMillis;

import dev.weft.Async;
import dev.weft.AsyncIterator;
import dev.weft.Coroutine;
import dev.weft.Deferred;
import dev.weft.EventLoop;
import dev.weft.Promise;
import dev.weft.Runner;
import dev.weft.Task;
import dev.weft.TaskGroup;
import dev.weft.TaskLocal;
import dev.weft.Weft;
import dev.weft.sync.AsyncLock;
import dev.weft.sync.AsyncQueue;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

/**
 * The live heap under random traffic: failures that nobody looks at, polls with timeouts, futures,
 * shields, groups and blocking work, on a loop that is never idle. Arguments: the peer, which is
 * Weft, seconds, samples.
 */
public final class Soak {
    private static final TaskLocal<Integer> REQUEST = TaskLocal.create();
    private static long reported;
    private static long requests;

    private Soak() {}

    public static void main(String[] args) {
        long seconds = Long.parseLong(args[1]);
        int samples = Integer.parseInt(args[2]);
        try (Runner runner = Weft.runner().exceptionHandler(unhandled -> reported++)) {
            runner.run(() -> traffic(Duration.ofSeconds(seconds).dividedBy(samples), samples));
        }
        Out.print("requests", "count", (double) requests);
        Out.print("reported failures", "count", (double) reported);
        Out.exit();
    }

    @Async
    private static Coroutine<Void> traffic(Duration every, int samples) {
        Task<Void> busy = Task.create("busy", () -> neverIdle());
        AsyncIterator<Deferred<Integer>> slow = asCompleted(List.of(sleep(Duration.ofDays(1), 1)));
        Task<Void> clients = Task.create("clients", () -> clients(slow));
        for (int i = 1; i <= samples; i++) {
            await(sleep(every));
            Out.print("sample " + i, "live bytes", (double) Heap.live());
        }
        clients.cancel();
        busy.cancel();
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> neverIdle() {
        while (true) {
            await(sleep(Duration.ZERO));
        }
    }

    @Async
    private static Coroutine<Void> clients(AsyncIterator<Deferred<Integer>> slow) {
        Random random = new Random(1);
        AsyncLock lock = new AsyncLock();
        AsyncQueue<Integer> queue = new AsyncQueue<>(10);
        Promise<Void> stop = new Promise<>();
        for (int i = 0; ; i++) {
            requests++;
            int kind = random.nextInt(9);
            Task.create(REQUEST.where(i, () -> request(kind, slow, lock, queue, stop)));
            if (i % 20 == 0) {
                await(sleep(ofMillis(1)));
            }
        }
    }

    @Async
    private static Coroutine<Void> request(
            int kind,
            AsyncIterator<Deferred<Integer>> slow,
            AsyncLock lock,
            AsyncQueue<Integer> queue,
            Promise<Void> stop)
            throws Exception {
        switch (kind) {
            case 0 -> throw new IllegalStateException("nobody looks at this");
            case 1 -> await(within(ofMillis(1), slow.hasNext()));
            case 2 -> await(within(ofMillis(2), lock.with(() -> sleep(ofMillis(1)))));
            case 3 -> await(within(ofMillis(1), shield(stop)));
            case 4 -> await(gatherOutcomes(failing(), sleep(ofMillis(1)), failing()));
            case 5 -> await(within(ofMillis(5), group()));
            case 6 -> await(within(ofMillis(1), queue.put(1)));
            case 7 -> {
                EventLoop loop = EventLoop.current();
                CompletableFuture<Integer> future = loop.submit(() -> sleep(ofMillis(1), 7));
                await(within(ofMillis(1), Deferred.from(future)));
            }
            default -> {
                await(within(ofMillis(1), blocking(() -> Thread.sleep(1))));
                queue.tryGet();
            }
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> within(Duration limit, dev.weft.Awaitable<?> awaitable) {
        try {
            await(timeout(limit, awaitable));
        } catch (TimeoutException expected) {
            return Coroutine.done();
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> failing() {
        await(sleep(Duration.ZERO));
        throw new IllegalStateException("fails");
    }

    private static Coroutine<Void> group() {
        return TaskGroup.scope(
                group -> {
                    for (int i = 0; i < 3; i++) {
                        group.create(sleep(ofMillis(1)));
                    }
                    group.create(sleep(Duration.ofDays(1)));
                    await(sleep(ofMillis(2)));
                    group.cancel();
                    return Coroutine.done();
                });
    }
}
