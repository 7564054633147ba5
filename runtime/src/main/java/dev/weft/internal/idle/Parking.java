package dev.weft.internal.idle;

import dev.weft.io.Poller;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.locks.LockSupport;

/**
 * The default poller: parks the loop's thread. Watches no source. The permit of {@link LockSupport}
 * makes the wake-up sticky.
 */
public final class Parking implements Poller {
    private volatile Thread thread;

    /** Creates a poller for the loop of {@code thread}. */
    public Parking(Thread thread) {
        this.thread = thread;
    }

    /** Lets {@code next} poll from now on. Returns the thread that did. */
    public Thread moveTo(Thread next) {
        Thread previous = thread;
        if (next != previous) {
            thread = next;
        }
        return previous;
    }

    @Override
    public void poll(long nanos) {
        if (nanos <= 0) {
            return;
        }
        Thread thread = this.thread;
        // The first comparison avoids loading the pool's classes at the start of every program.
        if (thread.getClass() != Thread.class && thread instanceof ForkJoinWorkerThread) {
            InPool.park(this, nanos);
        } else {
            park(nanos);
        }
    }

    private void park(long nanos) {
        if (nanos == Long.MAX_VALUE) {
            LockSupport.park(this);
        } else {
            LockSupport.parkNanos(this, nanos);
        }
    }

    @Override
    public void wakeup() {
        LockSupport.unpark(thread);
    }

    @Override
    public boolean isAwaited() {
        return false;
    }

    /** Parks so that the pool may start another thread: the loop may wait for work of that pool. */
    private static final class InPool implements ForkJoinPool.ManagedBlocker {
        private final Parking parking;
        private final long nanos;
        private boolean hasParked;

        private InPool(Parking parking, long nanos) {
            this.parking = parking;
            this.nanos = nanos;
        }

        static void park(Parking parking, long nanos) {
            try {
                ForkJoinPool.managedBlock(new InPool(parking, nanos));
            } catch (InterruptedException e) {
                parking.thread.interrupt(); // an interrupt must stay set
            }
        }

        @Override
        public boolean block() {
            parking.park(nanos);
            hasParked = true;
            return true;
        }

        @Override
        public boolean isReleasable() {
            return hasParked;
        }
    }
}
