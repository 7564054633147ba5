package dev.weft.benchmarks.peers;

import java.util.concurrent.CompletableFuture;

/** A loop whose body may have to wait. Each run continues after the previous one. */
abstract class FutureSteps implements Runnable {
    final CompletableFuture<Void> end = new CompletableFuture<>();

    /** Alternates between the two queues. The side that puts first is ahead by a step. */
    static final class Player extends FutureSteps {
        private final FutureQueue out;
        private final FutureQueue in;
        private boolean putting;
        private int left;

        Player(FutureQueue out, FutureQueue in, int turns, boolean first) {
            this.out = out;
            this.in = in;
            this.putting = first;
            this.left = 2 * turns;
        }

        @Override
        public void run() {
            for (; left > 0; left--) {
                if (putting && !out.tryPut(this)) {
                    out.whenRoom(this);
                    return;
                }
                if (!putting && !in.tryTake()) {
                    in.whenItem(this);
                    return;
                }
                putting = !putting;
            }
            end.complete(null);
        }
    }

    /** Puts itself n times. */
    static final class Producer extends FutureSteps {
        private final FutureQueue out;
        private int left;

        Producer(FutureQueue out, int n) {
            this.out = out;
            this.left = n;
        }

        @Override
        public void run() {
            for (; left > 0; left--) {
                if (!out.tryPut(this)) {
                    out.whenRoom(this);
                    return;
                }
            }
            end.complete(null);
        }
    }

    /** Takes n times. */
    static final class Consumer extends FutureSteps {
        private final FutureQueue in;
        private int left;

        Consumer(FutureQueue in, int n) {
            this.in = in;
            this.left = n;
        }

        @Override
        public void run() {
            for (; left > 0; left--) {
                if (!in.tryTake()) {
                    in.whenItem(this);
                    return;
                }
            }
            end.complete(null);
        }
    }
}
