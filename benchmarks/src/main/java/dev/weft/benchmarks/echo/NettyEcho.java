package dev.weft.benchmarks.echo;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.InetSocketAddress;

/** A pipeline with one handler for each connection, on one thread. */
final class NettyEcho extends ChannelInboundHandlerAdapter {
    private NettyEcho() {}

    static void run(boolean usesEpoll) throws InterruptedException {
        EventLoopGroup group =
                new MultiThreadIoEventLoopGroup(
                        1, usesEpoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        Class<? extends ServerChannel> type =
                usesEpoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
        Channel server =
                new ServerBootstrap()
                        .group(group)
                        .channel(type)
                        .option(ChannelOption.SO_BACKLOG, EchoServer.BACKLOG)
                        .childOption(ChannelOption.TCP_NODELAY, true)
                        .childHandler(
                                new ChannelInitializer<>() {
                                    @Override
                                    protected void initChannel(Channel channel) {
                                        channel.pipeline().addLast(new NettyEcho());
                                    }
                                })
                        .bind(EchoServer.address())
                        .sync()
                        .channel();
        EchoServer.ready((InetSocketAddress) server.localAddress());
        server.closeFuture().sync();
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the void promise reports a failure itself
    public void channelRead(ChannelHandlerContext context, Object message) {
        context.write(message, context.voidPromise());
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        context.flush();
    }
}
