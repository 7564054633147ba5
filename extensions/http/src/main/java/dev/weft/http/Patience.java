package dev.weft.http;

import dev.weft.EventLoop;
import dev.weft.Handle;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A time limit for a client. One timer serves many waits: it looks whether a wait is under way and
 * how old that is.
 */
final class Patience {
    private final EventLoop loop;
    private final Duration limit;
    private final Runnable expired;
    private @Nullable Handle timer;
    private boolean isWaiting;
    private long since;

    Patience(EventLoop loop, Duration limit, Runnable expired) {
        this.loop = loop;
        this.limit = limit;
        this.expired = expired;
    }

    /** Begins a wait, from now on. */
    void begin() {
        since = loop.time();
        isWaiting = true;
        if (timer == null) {
            timer = loop.callLater(limit, this::look);
        }
    }

    void end() {
        isWaiting = false;
    }

    /** Ends this for good. */
    void stop() {
        isWaiting = false;
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    private void look() {
        timer = null;
        if (!isWaiting) {
            return;
        }
        long left = limit.toNanos() - (loop.time() - since);
        if (left > 0) {
            timer = loop.callLater(Duration.ofNanos(left), this::look);
        } else {
            isWaiting = false;
            expired.run();
        }
    }
}
