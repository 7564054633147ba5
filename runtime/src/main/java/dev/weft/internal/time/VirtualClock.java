package dev.weft.internal.time;

import dev.weft.io.Poller;

/**
 * Virtual time. The clock begins at 0, stands still while anything is ready or work outside of the
 * loop is awaited, and otherwise jumps to the next timer.
 *
 * <p>A source that the poller watches, such as a socket, may become ready or not. The clock gives
 * such sources 10 milliseconds of real time before it jumps, as Trio's autojump clock does.
 */
public final class VirtualClock implements Clock {
    private static final long GRACE_NANOS = 10_000_000;

    private long now;

    /** The real time at which the grace of the awaited sources ends. */
    private long graceEnds;

    private boolean isInGrace;

    @Override
    public long now() {
        return now;
    }

    @Override
    public boolean idle(Rest rest, Poller poller) {
        if (rest.outside()) {
            poller.poll(rest.patience());
            return true;
        }
        if (poller.isAwaited() && waits(rest, poller)) {
            return true;
        }
        isInGrace = false;
        if (rest.deadline() == Long.MAX_VALUE) {
            return false;
        }
        now = Math.max(now, rest.deadline());
        return true;
    }

    /** Polls the awaited sources, unless their time is over. Returns whether it has polled. */
    private boolean waits(Rest rest, Poller poller) {
        if (!isInGrace || !rest.again()) {
            isInGrace = true;
            graceEnds = System.nanoTime() + GRACE_NANOS;
            poller.poll(0); // afterwards, perhaps no source is awaited any more
            return true;
        }
        if (rest.deadline() == Long.MAX_VALUE) {
            poller.poll(rest.patience());
            return true;
        }
        long left = graceEnds - System.nanoTime();
        if (left <= 0) {
            return false;
        }
        poller.poll(Math.min(left, rest.patience()));
        return true;
    }
}
