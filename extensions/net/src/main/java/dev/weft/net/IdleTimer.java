package dev.weft.net;

import dev.weft.EventLoop;
import dev.weft.Handle;
import dev.weft.Task;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Cancels the current task when a stream has moved no byte for some time. */
final class IdleTimer {
    private final Duration limit;
    private final EventLoop loop = EventLoop.current();
    private final @Nullable Task<?> task = Task.current();
    private long last;
    private Handle timer;

    IdleTimer(Duration limit) {
        this.limit = limit;
        last = loop.time();
        timer = loop.callLater(limit, this::check);
    }

    /** Records that bytes have moved. */
    void restart() {
        last = loop.time();
    }

    /** A timer for each byte would be dear: one that comes too early is set again. */
    private void check() {
        long left = nanos(limit) - (loop.time() - last);
        if (left > 0) {
            timer = loop.callLater(Duration.ofNanos(left), this::check);
        } else if (task != null) {
            task.cancel("idle for " + text(limit));
        }
    }

    void stop() {
        timer.cancel();
    }

    /** Returns "30 s", "250 ms" or "500 ns". */
    static String text(Duration time) {
        long nanos = nanos(time);
        if (nanos % 1_000_000 != 0) {
            return nanos + " ns";
        }
        return nanos % 1_000_000_000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }

    /** Returns nanoseconds; a limit of more than 292 years never passes. */
    private static long nanos(Duration time) {
        return time.toDays() > 100_000 ? Long.MAX_VALUE : time.toNanos();
    }
}
