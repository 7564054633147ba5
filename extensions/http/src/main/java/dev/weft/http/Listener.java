package dev.weft.http;

import dev.weft.netty.NettyLoop;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ReflectiveChannelFactory;
import io.netty.channel.socket.ServerSocketChannel;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/** The socket at which a server listens. */
record Listener(Channel channel, SocketAddress address) {
    private static final int BACKLOG = 4_096;

    static Listener bind(NettyLoop netty, SocketAddress address) throws IOException {
        if (!(address instanceof InetSocketAddress)) {
            throw new UnsupportedOperationException(
                    "an HTTP server listens at an InetSocketAddress, not at " + address);
        }
        ServerSocketChannel channel =
                new ReflectiveChannelFactory<ServerSocketChannel>(netty.serverSocketChannel())
                        .newChannel();
        channel.config().setAutoRead(false);
        channel.config().setOption(ChannelOption.SO_REUSEADDR, true);
        channel.config().setOption(ChannelOption.SO_BACKLOG, BACKLOG);
        EventLoopGroup group = netty.eventLoop();
        Throwable cause = group.register(channel).cause(); // ends at once
        if (cause == null) {
            cause = channel.bind(address).cause();
        }
        if (cause != null) {
            Ends.close(channel);
            throw notBound(address, cause);
        }
        return new Listener(channel, channel.localAddress());
    }

    private static IOException notBound(SocketAddress address, Throwable cause) {
        BindException named = new BindException(cause.getMessage() + ": " + address);
        named.initCause(cause);
        return named;
    }

    void close() {
        Ends.close(channel);
    }
}
