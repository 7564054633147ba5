package dev.weft.http;

import dev.weft.EventLoop;
import dev.weft.Handle;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A time limit for a client. One timer serves many waits: it looks whether a wait is under way and
 * how old that is. A wait begins again if the client has read meanwhile.
 */
final class Patience {
    private final EventLoop loop;
    private final LongSupplier unread;
    private final Duration limit;
    private final Runnable expired;
    private @Nullable Handle timer;
    private boolean isWaiting;
    private boolean isStopped;
    private long since;

    /** The result of {@link #unread} at the last look. */
    private long lastUnread;

    Patience(EventLoop loop, Channel channel, Duration limit, Runnable expired) {
        this(loop, () -> unread(channel), limit, expired);
    }

    /**
     * Creates a time limit that is not running.
     *
     * @param unread the number of bytes that are written and that the client has not taken
     */
    Patience(EventLoop loop, LongSupplier unread, Duration limit, Runnable expired) {
        this.loop = loop;
        this.unread = unread;
        this.limit = limit;
        this.expired = expired;
    }

    /** Begins a wait, from now on, unless this was stopped. */
    void begin() {
        if (isStopped) { // by the end of the connection, which its streams see later
            return;
        }
        since = loop.time();
        lastUnread = unread.getAsLong();
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
        isStopped = true;
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
        long before = lastUnread;
        lastUnread = unread.getAsLong();
        if (lastUnread < before) {
            since = loop.time();
        }
        long left = limit.toNanos() - (loop.time() - since);
        if (left > 0) {
            timer = loop.callLater(Duration.ofNanos(left), this::look);
        } else {
            isWaiting = false;
            expired.run();
        }
    }

    private static long unread(Channel channel) {
        ChannelOutboundBuffer output = channel.unsafe().outboundBuffer();
        return output == null // of a channel that is closed
                ? 0
                : output.totalPendingWriteBytes() - output.currentProgress();
    }
}
