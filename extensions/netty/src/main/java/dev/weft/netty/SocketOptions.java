package dev.weft.netty;

import io.netty.channel.ChannelOption;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.util.Map;

/** The options of sockets under the names of Netty. */
final class SocketOptions {
    private static final Map<SocketOption<?>, ChannelOption<?>> KNOWN =
            Map.of(
                    StandardSocketOptions.TCP_NODELAY, ChannelOption.TCP_NODELAY,
                    StandardSocketOptions.SO_KEEPALIVE, ChannelOption.SO_KEEPALIVE,
                    StandardSocketOptions.SO_LINGER, ChannelOption.SO_LINGER,
                    StandardSocketOptions.SO_RCVBUF, ChannelOption.SO_RCVBUF,
                    StandardSocketOptions.SO_SNDBUF, ChannelOption.SO_SNDBUF,
                    StandardSocketOptions.SO_REUSEADDR, ChannelOption.SO_REUSEADDR,
                    StandardSocketOptions.IP_TOS, ChannelOption.IP_TOS);

    private SocketOptions() {}

    @SuppressWarnings("unchecked") // the types of both sides of the table agree
    static <T> ChannelOption<T> toNetty(SocketOption<T> name) {
        ChannelOption<?> known = KNOWN.get(name);
        if (known == null) {
            throw new UnsupportedOperationException("this stream has no option " + name);
        }
        return (ChannelOption<T>) known;
    }
}
