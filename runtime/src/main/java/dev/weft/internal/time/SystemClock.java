package dev.weft.internal.time;

import java.util.concurrent.locks.LockSupport;

/**
 * Real time. A wait ends up to {@code slack} after its deadline, never before it: one wake-up then
 * serves all timers that came due meanwhile, which is what makes a million timers cheap. A timer
 * that is alone is not kept waiting. (Linux itself adds 50 microseconds, prctl(2),
 * PR_SET_TIMERSLACK.)
 */
public final class SystemClock implements Clock {
    private final long slack;

    public SystemClock(long slack) {
        this.slack = slack;
    }

    @Override
    public long now() {
        return System.nanoTime();
    }

    @Override
    public boolean idle(Rest rest) {
        if (rest.deadline() == Long.MAX_VALUE && rest.patience() == Long.MAX_VALUE) {
            LockSupport.park(this);
            return true;
        }
        long nanos = rest.patience();
        if (rest.deadline() != Long.MAX_VALUE) {
            long due = rest.deadline() - System.nanoTime();
            long more = rest.alone() ? 0 : Math.min(slack, Long.MAX_VALUE - due);
            nanos = due <= 0 ? 0 : Math.min(nanos, due + more);
        }
        if (nanos > 0) {
            LockSupport.parkNanos(this, nanos);
        }
        return true;
    }
}
