package dev.weft.benchmarks.serving;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
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
import java.util.function.Consumer;

/** A server of Netty on one thread, which accepts and serves. */
public final class NettyServer {
    private NettyServer() {}

    /** Serves until the process ends. {@code init} adds handlers to each new connection. */
    public static void run(boolean usesEpoll, Consumer<Channel> init) throws InterruptedException {
        EventLoopGroup group =
                new MultiThreadIoEventLoopGroup(
                        1, usesEpoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        Class<? extends ServerChannel> type =
                usesEpoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
        Channel server =
                new ServerBootstrap()
                        .group(group)
                        .channel(type)
                        .option(ChannelOption.SO_BACKLOG, ServerSide.BACKLOG)
                        .childOption(ChannelOption.TCP_NODELAY, true)
                        .childHandler(
                                new ChannelInitializer<>() {
                                    @Override
                                    protected void initChannel(Channel channel) {
                                        init.accept(channel);
                                    }
                                })
                        .bind(ServerSide.address())
                        .sync()
                        .channel();
        ServerSide.ready((InetSocketAddress) server.localAddress());
        server.closeFuture().sync();
    }
}
