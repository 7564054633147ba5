package dev.weft.benchmarks.kilim;

import dev.weft.benchmarks.workload.Peer;
import dev.weft.benchmarks.workload.Shape;
import kilim.Mailbox;
import kilim.Pausable;
import kilim.Scheduler;
import kilim.Task;

/**
 * Kilim on a scheduler with one thread. The build compiles this package a second time with Kilim's
 * weaver, which reads neither records nor sealed classes.
 */
public final class KilimPeer implements Peer {
    private final Scheduler scheduler = Scheduler.make(1);

    /** A task, which gives up its turn when {@code execute} pauses. */
    private abstract static class Work extends Task<Object> {
        @Override
        public abstract void execute() throws Pausable;
    }

    private void run(Work... all) {
        for (Work work : all) {
            start(work, scheduler);
        }
        for (Work work : all) {
            Object result = work.joinb().result;
            if (result instanceof Throwable failure) {
                throw new IllegalStateException(failure);
            }
        }
    }

    private static void start(Work work, Scheduler scheduler) {
        work.setScheduler(scheduler);
        work.start();
    }

    private static void check(int sum, int n) {
        if (sum != n) {
            throw new AssertionError(sum);
        }
    }

    @Override
    public long awaitsThatMaySuspend(int n) {
        run(new RareSum(n));
        return n;
    }

    private static final class RareSum extends Work {
        private final int n;

        RareSum(int n) {
            this.n = n;
        }

        @Override
        public void execute() throws Pausable {
            int sum = 0;
            for (int i = 0; i < n; i++) {
                sum = rarePlusOne(sum);
            }
            check(sum, n);
        }
    }

    private static int rarePlusOne(int x) throws Pausable {
        if (Shape.rarely(x)) {
            Task.yield();
        }
        return x + 1;
    }

    @Override
    public long switches(int tasks, int each) {
        Work[] all = new Work[tasks];
        for (int i = 0; i < tasks; i++) {
            all[i] = new Yields(each);
        }
        run(all);
        return (long) tasks * each;
    }

    private static final class Yields extends Work {
        private final int n;

        Yields(int n) {
            this.n = n;
        }

        @Override
        public void execute() throws Pausable {
            yields(n);
        }
    }

    private static void yields(int n) throws Pausable {
        for (int i = 0; i < n; i++) {
            Task.yield();
        }
    }

    @Override
    public long spawns(int total, int batch) {
        run(new Batches(scheduler, total / batch, batch));
        return total;
    }

    private static final class Batches extends Work {
        private final Scheduler own;
        private final int batches;
        private final int batch;

        Batches(Scheduler own, int batches, int batch) {
            this.own = own;
            this.batches = batches;
            this.batch = batch;
        }

        @Override
        public void execute() throws Pausable {
            Work[] started = new Work[batch];
            for (int k = 0; k < batches; k++) {
                for (int i = 0; i < batch; i++) {
                    started[i] = new Yields(1);
                    KilimPeer.start(started[i], own);
                }
                for (int i = 0; i < batch; i++) {
                    started[i].join();
                }
            }
        }
    }

    @Override
    public long resumes(int depth, int n) {
        run(new Descents(depth, n, 1));
        return n;
    }

    @Override
    public long chains(int depth, int n) {
        run(new Descents(depth, 1, n));
        return n;
    }

    private static final class Descents extends Work {
        private final int depth;
        private final int yields;
        private final int times;

        Descents(int depth, int yields, int times) {
            this.depth = depth;
            this.yields = yields;
            this.times = times;
        }

        @Override
        public void execute() throws Pausable {
            for (int i = 0; i < times; i++) {
                check(descend(depth, yields), depth - 1);
            }
        }
    }

    private static int descend(int depth, int yields) throws Pausable {
        if (depth == 1) {
            yields(yields);
            return 0;
        }
        int below = descend(depth - 1, yields);
        return below + 1;
    }

    @Override
    public long pingPong(int turns) {
        Mailbox<Object> to = new Mailbox<>(1, 1);
        Mailbox<Object> fro = new Mailbox<>(1, 1);
        run(new Ping(to, fro, turns), new Pong(to, fro, turns));
        return 2L * turns;
    }

    private static final class Ping extends Work {
        private final Mailbox<Object> to;
        private final Mailbox<Object> fro;
        private final int turns;

        Ping(Mailbox<Object> to, Mailbox<Object> fro, int turns) {
            this.to = to;
            this.fro = fro;
            this.turns = turns;
        }

        @Override
        public void execute() throws Pausable {
            for (int i = 0; i < turns; i++) {
                to.put(this);
                fro.get();
            }
        }
    }

    private static final class Pong extends Work {
        private final Mailbox<Object> to;
        private final Mailbox<Object> fro;
        private final int turns;

        Pong(Mailbox<Object> to, Mailbox<Object> fro, int turns) {
            this.to = to;
            this.fro = fro;
            this.turns = turns;
        }

        @Override
        public void execute() throws Pausable {
            for (int i = 0; i < turns; i++) {
                fro.put(to.get());
            }
        }
    }

    @Override
    public long stream(int n, int capacity) {
        Mailbox<Object> queue = new Mailbox<>(capacity, capacity);
        run(new Producer(queue, n), new Consumer(queue, n));
        return n;
    }

    private static final class Producer extends Work {
        private final Mailbox<Object> queue;
        private final int n;

        Producer(Mailbox<Object> queue, int n) {
            this.queue = queue;
            this.n = n;
        }

        @Override
        public void execute() throws Pausable {
            for (int i = 0; i < n; i++) {
                queue.put(this);
            }
        }
    }

    private static final class Consumer extends Work {
        private final Mailbox<Object> queue;
        private final int n;

        Consumer(Mailbox<Object> queue, int n) {
            this.queue = queue;
            this.n = n;
        }

        @Override
        public void execute() throws Pausable {
            for (int i = 0; i < n; i++) {
                queue.get();
            }
        }
    }
}
