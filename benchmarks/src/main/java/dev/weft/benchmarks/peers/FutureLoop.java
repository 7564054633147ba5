package dev.weft.benchmarks.peers;

import java.util.ArrayDeque;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;

/** The small loop on one thread that futures need, to give up a turn and to sleep. */
public final class FutureLoop implements Executor {
    /** Callbacks, and futures that represent a turn. */
    private final ArrayDeque<Object> ready = new ArrayDeque<>();

    private final PriorityQueue<Sleep> sleeps = new PriorityQueue<>();

    private static final class Sleep extends CompletableFuture<Void> implements Comparable<Sleep> {
        private final long end;

        Sleep(long end) {
            this.end = end;
        }

        @Override
        public int compareTo(Sleep other) {
            return Long.compare(end, other.end);
        }
    }

    @Override
    public void execute(Runnable callback) {
        ready.add(callback);
    }

    /** Returns a future that completes after all callbacks that are ready now. */
    public CompletableFuture<Void> turn() {
        CompletableFuture<Void> turn = new CompletableFuture<>();
        ready.add(turn);
        return turn;
    }

    /** Returns a future that completes after so many nanoseconds. */
    public CompletableFuture<Void> sleep(long nanos) {
        Sleep sleep = new Sleep(System.nanoTime() + nanos);
        sleeps.add(sleep);
        return sleep;
    }

    /** Runs the ready callbacks, but waits for no sleep. */
    void runReady() {
        while (!ready.isEmpty()) {
            runOne();
        }
    }

    /** Runs callbacks until {@code end} is complete. */
    public void runUntil(CompletableFuture<?> end) {
        while (!end.isDone()) {
            Sleep next = sleeps.peek();
            if (!ready.isEmpty()) {
                runOne();
            } else if (next == null) {
                throw new IllegalStateException("nothing left to run");
            } else if (next.end > System.nanoTime()) {
                LockSupport.parkNanos(next.end - System.nanoTime());
            } else {
                sleeps.remove();
                next.complete(null);
            }
        }
    }

    @SuppressWarnings("unchecked") // Only turns are futures.
    private void runOne() {
        Object next = ready.remove();
        if (next instanceof CompletableFuture) {
            ((CompletableFuture<Void>) next).complete(null);
        } else {
            ((Runnable) next).run();
        }
    }
}
