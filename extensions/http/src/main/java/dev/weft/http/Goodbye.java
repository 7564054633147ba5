package dev.weft.http;

import dev.weft.EventLoop;
import dev.weft.Handle;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The end of a connection after the last answer. If the client may still send, the connection goes
 * on reading for a while: a close with unread input would be a reset, with which the client could
 * lose the answer.
 */
final class Goodbye {
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final EventLoop loop;
    private final Channel channel;
    private @Nullable Handle timer;
    private boolean isSaid;

    Goodbye(EventLoop loop, Channel channel) {
        this.loop = loop;
        this.channel = channel;
    }

    boolean isSaid() {
        return isSaid;
    }

    /**
     * Ends the connection after what is written.
     *
     * @param isInputUsed true if the client sends no more
     */
    void say(boolean isInputUsed) {
        if (isSaid) {
            return;
        }
        isSaid = true;
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER)
                .addListener(
                        written -> {
                            if (isInputUsed || !written.isSuccess()) {
                                Ends.close(channel);
                            } else {
                                linger();
                            }
                        });
    }

    private void linger() {
        if (!channel.isActive()) {
            return;
        }
        timer = loop.callLater(LIMIT, () -> Ends.close(channel));
        Ends.endOutput(channel);
    }

    /** Records the end of the client's output. */
    void answered() {
        if (timer != null) {
            Ends.close(channel);
        }
    }

    void stop() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }
}
