package dev.weft.benchmarks.peers;

import dev.weft.benchmarks.workload.Peer;
import dev.weft.benchmarks.workload.Shape;
import java.util.concurrent.CompletableFuture;

/**
 * Code written by hand with the JDK alone: callbacks on futures, on a single thread. There is no
 * object for a task.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Callbacks say themselves when they have ended.
public final class FuturePeer implements Peer {
    private final FutureLoop loop = new FutureLoop();

    private void runAll(FutureSteps... all) {
        for (FutureSteps steps : all) {
            loop.execute(steps);
        }
        for (FutureSteps steps : all) {
            loop.runUntil(steps.end);
        }
    }

    @Override
    public long awaits(int n) {
        CompletableFuture<Integer> sum = CompletableFuture.completedFuture(0);
        for (int i = 0; i < n; i++) {
            sum = sum.thenCompose(this::plusOne);
        }
        if (sum.join() != n) {
            throw new AssertionError(sum);
        }
        return n;
    }

    private CompletableFuture<Integer> plusOne(int x) {
        return Shape.suspend
                ? loop.turn().thenApply(turn -> x + 1)
                : CompletableFuture.completedFuture(x + 1);
    }

    private final class Yields extends FutureSteps {
        private int left;

        Yields(int n) {
            left = n;
        }

        @Override
        public void run() {
            if (left-- > 0) {
                loop.turn().thenRun(this);
            } else {
                end.complete(null);
            }
        }
    }

    private CompletableFuture<Void> yields(int n) {
        Yields yields = new Yields(n);
        loop.execute(yields);
        return yields.end;
    }

    @Override
    public long switches(int tasks, int each) {
        CompletableFuture<?>[] ends = new CompletableFuture<?>[tasks];
        for (int i = 0; i < tasks; i++) {
            ends[i] = yields(each);
        }
        loop.runUntil(CompletableFuture.allOf(ends));
        return (long) tasks * each;
    }

    private final class Batches extends FutureSteps {
        private final int batch;
        private int left;

        Batches(int batches, int batch) {
            this.left = batches;
            this.batch = batch;
        }

        @Override
        public void run() {
            if (left-- == 0) {
                end.complete(null);
                return;
            }
            CompletableFuture<?>[] ends = new CompletableFuture<?>[batch];
            for (int i = 0; i < batch; i++) {
                ends[i] = loop.turn().thenApply(turn -> batch);
            }
            CompletableFuture.allOf(ends).thenRun(this);
        }
    }

    @Override
    public long spawns(int total, int batch) {
        runAll(new Batches(total / batch, batch));
        return total;
    }

    @Override
    public long resumes(int depth, int n) {
        loop.runUntil(descend(depth, n));
        return n;
    }

    private CompletableFuture<Integer> descend(int depth, int yields) {
        return depth == 1
                ? yields(yields).thenApply(end -> 0)
                : descend(depth - 1, yields).thenApply(below -> below + 1);
    }

    private final class Chains extends FutureSteps {
        private final int depth;
        private int left;

        Chains(int depth, int n) {
            this.depth = depth;
            this.left = n;
        }

        @Override
        public void run() {
            if (left-- == 0) {
                end.complete(null);
            } else {
                descend(depth, 1).thenRun(this);
            }
        }
    }

    @Override
    public long chains(int depth, int n) {
        runAll(new Chains(depth, n));
        return n;
    }

    @Override
    public long pingPong(int turns) {
        FutureQueue to = new FutureQueue(loop, 1);
        FutureQueue fro = new FutureQueue(loop, 1);
        runAll(
                new FutureSteps.Player(to, fro, turns, true),
                new FutureSteps.Player(fro, to, turns, false));
        return 2L * turns;
    }

    @Override
    public long stream(int n, int capacity) {
        FutureQueue queue = new FutureQueue(loop, capacity);
        runAll(new FutureSteps.Producer(queue, n), new FutureSteps.Consumer(queue, n));
        return n;
    }

    @Override
    public void park(int[] counts, int depth, Runnable parked) {
        String[] strings = Shape.strings();
        for (int count : counts) {
            for (int i = 0; i < count; i++) {
                int k = i;
                loop.execute(() -> body(depth, strings[k & 15], strings[(k + 1) & 15], k));
            }
            loop.runReady();
            parked.run();
        }
    }

    private CompletableFuture<Integer> body(int depth, Object a, Object b, int i) {
        CompletableFuture<Integer> below =
                depth == 1
                        ? loop.sleep(Shape.HOUR).thenApply(end -> a.hashCode() + b.hashCode() + i)
                        : body(depth - 1, b, a, i + 1);
        return depth == 1 ? below : below.thenApply(sum -> sum + a.hashCode() + b.hashCode() + i);
    }
}
