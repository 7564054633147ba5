package dev.weft.internal.idle;

import dev.weft.io.Poller;
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
}
