package dev.weft.internal.time;

import dev.weft.io.Poller;

/**
 * Real time. A wait ends up to {@code slack} nanoseconds after its deadline and never before it, so
 * that one wake-up serves all timers that are due in between: that makes a million timers cheap. A
 * single timer is not delayed. (Linux adds 50 microseconds: prctl(2), PR_SET_TIMERSLACK.)
 */
public final class SystemClock implements Clock {
    private final long slack;

    /** Creates a clock whose waits may end {@code slack} nanoseconds late. */
    public SystemClock(long slack) {
        this.slack = slack;
    }

    @Override
    public long now() {
        return System.nanoTime();
    }

    @Override
    public boolean idle(Rest rest, Poller poller) {
        poller.poll(waitTime(rest, now()));
        return true;
    }

    /** Returns the nanoseconds to wait at the time {@code now}; the largest number for no limit. */
    long waitTime(Rest rest, long now) {
        return Math.min(rest.patience(), untilDue(rest, now));
    }

    private long untilDue(Rest rest, long now) {
        if (rest.deadline() == Long.MAX_VALUE) {
            return Long.MAX_VALUE;
        }
        if (rest.deadline() <= now) {
            return 0;
        }
        long delay = rest.deadline() - now;
        if (delay < 0) {
            return Long.MAX_VALUE; // more than 292 years
        }
        return rest.single() ? delay : delay + Math.min(slack, Long.MAX_VALUE - delay);
    }
}
