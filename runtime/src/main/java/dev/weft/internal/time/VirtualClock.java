package dev.weft.internal.time;

import java.util.concurrent.locks.LockSupport;

/**
 * Time that stands still while anything can run or the outside is awaited, and else jumps to the
 * next timer. Begins at 0.
 */
public final class VirtualClock implements Clock {
    private long now;

    @Override
    public long now() {
        return now;
    }

    @Override
    public boolean idle(Rest rest) {
        if (rest.outside()) {
            LockSupport.parkNanos(this, rest.patience());
            return true;
        }
        if (rest.deadline() == Long.MAX_VALUE) {
            return false;
        }
        now = Math.max(now, rest.deadline());
        return true;
    }
}
