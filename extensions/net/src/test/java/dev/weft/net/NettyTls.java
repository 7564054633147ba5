package dev.weft.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/** Netty's SslHandler on TCP, in threads of Netty. The data that come are sent back. */
@SuppressWarnings("FutureReturnValueIgnored") // a failure closes the connection, and tests see that
final class NettyTls implements AutoCloseable {
    private final EventLoopGroup group =
            new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

    private final SslContext context;

    /** The number of bytes of a write to the socket. */
    private final int fragment;

    NettyTls(SslContext context, int fragment) {
        this.context = context;
        this.fragment = fragment;
    }

    InetSocketAddress serve() {
        Channel channel =
                new ServerBootstrap()
                        .group(group)
                        .channel(NioServerSocketChannel.class)
                        .childHandler(pipeline())
                        .bind(TlsTcpTest.ANY)
                        .syncUninterruptibly()
                        .channel();
        return (InetSocketAddress) channel.localAddress();
    }

    void connect(SocketAddress address) {
        new Bootstrap()
                .group(group)
                .channel(NioSocketChannel.class)
                .handler(pipeline())
                .connect(address);
    }

    private ChannelInitializer<Channel> pipeline() {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline()
                        .addLast(
                                new Fragments(),
                                context.newHandler(channel.alloc(), "localhost", -1),
                                new Echo());
            }
        };
    }

    /** Splits what is written. */
    private final class Fragments extends ChannelOutboundHandlerAdapter {
        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            ByteBuf bytes = (ByteBuf) message;
            while (bytes.readableBytes() > fragment) {
                context.writeAndFlush(bytes.readRetainedSlice(fragment));
            }
            context.write(bytes, promise);
        }
    }

    private static final class Echo extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            context.writeAndFlush(message);
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof SslCloseCompletionEvent) {
                context.close();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 1, java.util.concurrent.TimeUnit.SECONDS);
    }
}
