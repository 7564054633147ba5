package dev.weft.http;

import dev.weft.EventLoop;
import dev.weft.Handle;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A time limit for a client. One timer serves many waits: it looks whether a wait is under way and
 * how old that is. A wait begins again if the client has read meanwhile.
 */
final class Patience {
    private final EventLoop loop;
    private final Channel channel;
    private final Duration limit;
    private final Runnable expired;
    private @Nullable Handle timer;
    private boolean isWaiting;
    private long since;

    /** The result of {@link #unread()} at the last look. */
    private long unread;

    Patience(EventLoop loop, Channel channel, Duration limit, Runnable expired) {
        this.loop = loop;
        this.channel = channel;
        this.limit = limit;
        this.expired = expired;
    }

    /** Begins a wait, from now on. */
    void begin() {
        since = loop.time();
        unread = unread();
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
        long before = unread;
        unread = unread();
        if (unread < before) {
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

    /** Returns a number that falls when bytes are sent. */
    private long unread() {
        ChannelOutboundBuffer output = channel.unsafe().outboundBuffer();
        return output == null // as that of a stream of HTTP/2
                ? channel.bytesBeforeWritable() - channel.bytesBeforeUnwritable()
                : output.totalPendingWriteBytes() - output.currentProgress();
    }
}
