package dev.weft.internal.time;

import dev.weft.io.Poller;

/**
 * Virtual time. The clock begins at 0, stands still while anything is ready or work outside of the
 * loop is awaited, and otherwise jumps to the next timer.
 */
public final class VirtualClock implements Clock {
    private long now;

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
        if (rest.deadline() == Long.MAX_VALUE) {
            return false;
        }
        now = Math.max(now, rest.deadline());
        return true;
    }
}
