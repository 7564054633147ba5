package dev.weft.benchmarks.peers;

import static dev.weft.Weft.await;
import static dev.weft.Weft.run;
import static dev.weft.Weft.sleep;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.benchmarks.workload.Peer;
import dev.weft.benchmarks.workload.Shape;
import dev.weft.benchmarks.workload.SleepLog;
import dev.weft.sync.AsyncQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** All workloads, written as by a user of Weft. */
public class WeftPeer implements Peer {

    @Override
    public long awaits(int n) {
        return run(sum(n));
    }

    @Async
    private static Coroutine<Integer> sum(int n) {
        int sum = 0;
        for (int i = 0; i < n; i++) {
            sum = await(plusOne(sum));
        }
        return Coroutine.of(sum);
    }

    @Async
    private static Coroutine<Integer> plusOne(int x) {
        if (Shape.suspend) {
            await(sleep(Duration.ZERO));
        }
        return Coroutine.of(x + 1);
    }

    @Override
    public long awaitsThatMaySuspend(int n) {
        return run(rareSum(n));
    }

    @Async
    private static Coroutine<Integer> rareSum(int n) {
        int sum = 0;
        for (int i = 0; i < n; i++) {
            sum = await(rarePlusOne(sum));
        }
        return Coroutine.of(sum);
    }

    @Async
    private static Coroutine<Integer> rarePlusOne(int x) {
        if (Shape.rarely(x)) {
            await(sleep(Duration.ZERO));
        }
        return Coroutine.of(x + 1);
    }

    @Override
    public long awaitsInAnotherClass(int n) {
        return run(sumOfOther(n));
    }

    @Async
    private static Coroutine<Integer> sumOfOther(int n) {
        int sum = 0;
        for (int i = 0; i < n; i++) {
            sum = await(WeftOther.plusOne(sum));
        }
        return Coroutine.of(sum);
    }

    @Override
    public long switches(int tasks, int each) {
        run(yielders(tasks, each));
        return (long) tasks * each;
    }

    @Async
    private Coroutine<Void> yielders(int tasks, int each) {
        List<Task<Void>> started = new ArrayList<>(tasks);
        for (int i = 0; i < tasks; i++) {
            started.add(Task.create(yielder(i, each)));
        }
        for (int i = 0; i < tasks; i++) {
            await(started.get(i));
        }
        return Coroutine.done();
    }

    /** Gives up its turn n times; {@code i} numbers the task. */
    Coroutine<Void> yielder(int i, int n) {
        return yields(n);
    }

    @Async
    static Coroutine<Void> yields(int n) {
        for (int i = 0; i < n; i++) {
            await(sleep(Duration.ZERO));
        }
        return Coroutine.done();
    }

    @Override
    public long spawns(int total, int batch) {
        run(batches(total / batch, batch));
        return total;
    }

    @Async
    private static Coroutine<Void> batches(int batches, int batch) {
        for (int k = 0; k < batches; k++) {
            List<Task<Object>> started = new ArrayList<>(batch);
            for (int i = 0; i < batch; i++) {
                started.add(Task.create(once()));
            }
            for (int i = 0; i < batch; i++) {
                await(started.get(i));
            }
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Object> once() {
        await(sleep(Duration.ZERO));
        return Coroutine.of(null);
    }

    @Override
    public long resumes(int depth, int n) {
        run(descents(depth, n, 1));
        return n;
    }

    @Override
    public long chains(int depth, int n) {
        run(descents(depth, 1, n));
        return n;
    }

    @Async
    private static Coroutine<Void> descents(int depth, int yields, int times) {
        for (int i = 0; i < times; i++) {
            await(descend(depth, yields));
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Integer> descend(int depth, int yields) {
        if (depth == 1) {
            for (int i = 0; i < yields; i++) {
                await(sleep(Duration.ZERO));
            }
            return Coroutine.of(0);
        }
        int below = await(descend(depth - 1, yields));
        return Coroutine.of(below + 1);
    }

    @Override
    public long pingPong(int turns) {
        AsyncQueue<Object> to = new AsyncQueue<>(1);
        AsyncQueue<Object> fro = new AsyncQueue<>(1);
        run(both(ping(to, fro, turns), pong(to, fro, turns)));
        return 2L * turns;
    }

    @Async
    private static Coroutine<Void> ping(AsyncQueue<Object> to, AsyncQueue<Object> fro, int turns) {
        for (int i = 0; i < turns; i++) {
            await(to.put(to));
            await(fro.get());
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> pong(AsyncQueue<Object> to, AsyncQueue<Object> fro, int turns) {
        for (int i = 0; i < turns; i++) {
            await(fro.put(await(to.get())));
        }
        return Coroutine.done();
    }

    @Override
    public long stream(int n, int capacity) {
        AsyncQueue<Object> queue = new AsyncQueue<>(capacity);
        run(both(produce(queue, n), consume(queue, n)));
        return n;
    }

    @Async
    private static Coroutine<Void> produce(AsyncQueue<Object> queue, int n) {
        for (int i = 0; i < n; i++) {
            await(queue.put(queue));
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> consume(AsyncQueue<Object> queue, int n) {
        for (int i = 0; i < n; i++) {
            await(queue.get());
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> both(Coroutine<Void> a, Coroutine<Void> b) {
        Task<Void> first = Task.create(a);
        Task<Void> second = Task.create(b);
        await(first);
        await(second);
        return Coroutine.done();
    }

    @Override
    public void park(int[] counts, int depth, Runnable parked) {
        run(parkAll(counts, depth, parked));
    }

    @Async
    private static Coroutine<Void> parkAll(int[] counts, int depth, Runnable parked) {
        String[] strings = Shape.strings();
        WeftLevel level = WeftLevel.of(depth);
        for (int count : counts) {
            for (int i = 0; i < count; i++) {
                Task.create(level.body(strings[i & 15], i));
            }
            await(sleep(Duration.ZERO));
            parked.run();
        }
        return Coroutine.done();
    }

    @Override
    public void sleeps(SleepLog log) {
        run(sleepers(log));
    }

    @Async
    private static Coroutine<Void> sleepers(SleepLog log) {
        List<Task<Void>> started = new ArrayList<>(log.size());
        for (int i = 0; i < log.size(); i++) {
            started.add(Task.create(sleeper(log, i)));
        }
        for (int i = 0; i < log.size(); i++) {
            await(started.get(i));
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> sleeper(SleepLog log, int i) {
        await(sleep(Duration.ofNanos(log.begins(i))));
        log.woke(i);
        return Coroutine.done();
    }
}
