package dev.weft.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;

/** Operations of channels whose end nobody waits for. */
final class Unawaited {
    private Unawaited() {}

    static void close(Channel channel) {
        ChannelFuture unused = channel.close();
    }
}
