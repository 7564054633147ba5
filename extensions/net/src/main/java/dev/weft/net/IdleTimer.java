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
        long ends = last + limit.toNanos();
        if (ends > loop.time()) {
            timer = loop.callAt(ends, this::check);
        } else if (task != null) {
            task.cancel("idle for " + text(limit));
        }
    }

    void stop() {
        timer.cancel();
    }

    /** Returns "30 s", or "250 ms". */
    static String text(Duration time) {
        return time.toMillis() % 1_000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }
}
