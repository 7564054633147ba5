package dev.weft.internal.loop;

import dev.weft.io.Poller;

/**
 * The looks at a poller by a loop in which turns are always ready, so that it never waits. A look
 * takes about half a microsecond. There is one after 50 microseconds, or at the end of a pass that
 * takes longer.
 */
final class Glances {
    private static final long INTERVAL_NANOS = 50_000;

    /** Reading the clock costs more than a short pass. */
    private static final int PASSES_PER_READING = 8;

    private final Poller poller;
    private long lastPoll = System.nanoTime();
    private int passes = PASSES_PER_READING;
    private boolean isLooking;

    Glances(Poller poller) {
        this.poller = poller;
    }

    /** Called before each pass that the loop begins without a wait. */
    void passBegins() {
        if (--passes <= 0) {
            readClock();
        }
    }

    private void readClock() {
        long now = System.nanoTime();
        if (now - lastPoll < INTERVAL_NANOS) {
            passes = PASSES_PER_READING;
            return;
        }
        passes = 1; // if passes are long, each is followed by a look
        lastPoll = now;
        look();
    }

    /** Makes the tasks ready whose sources are ready. */
    void look() {
        if (poller.isAwaited()) {
            isLooking = true;
            try {
                poller.poll(0);
            } finally {
                isLooking = false;
            }
        }
    }

    /** Returns whether the poller is called by this. */
    boolean isLooking() {
        return isLooking;
    }

    /** Records that the loop has polled. */
    void polled() {
        lastPoll = System.nanoTime();
        passes = PASSES_PER_READING;
    }
}
