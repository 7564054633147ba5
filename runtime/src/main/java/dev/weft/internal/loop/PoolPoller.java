package dev.weft.internal.loop;

import dev.weft.io.Poller;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;

/**
 * The poller of a loop in a fork-join pool. The pool may start another thread during a wait,
 * because the loop may wait for work of that pool.
 */
final class PoolPoller implements Poller {
    private final Poller poller;

    private PoolPoller(Poller poller) {
        this.poller = poller;
    }

    /** Returns {@code poller}, in a fork-join pool so that the pool knows of its waits. */
    static Poller of(Poller poller) {
        Thread thread = Thread.currentThread();
        return thread instanceof ForkJoinWorkerThread ? new PoolPoller(poller) : poller;
    }

    @Override
    public void poll(long nanos) {
        if (nanos <= 0) {
            poller.poll(nanos);
            return;
        }
        try {
            ForkJoinPool.managedBlock(new Wait(poller, nanos));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // an interrupt must stay set
        }
    }

    @Override
    public void wakeup() {
        poller.wakeup();
    }

    @Override
    public boolean isAwaited() {
        return poller.isAwaited();
    }

    /** One wait. */
    private static final class Wait implements ForkJoinPool.ManagedBlocker {
        private final Poller poller;
        private final long nanos;
        private boolean hasWaited;

        Wait(Poller poller, long nanos) {
            this.poller = poller;
            this.nanos = nanos;
        }

        @Override
        public boolean block() {
            poller.poll(nanos);
            hasWaited = true;
            return true;
        }

        @Override
        public boolean isReleasable() {
            return hasWaited;
        }
    }
}
