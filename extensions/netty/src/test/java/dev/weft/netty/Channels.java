package dev.weft.netty;

import static dev.weft.Weft.await;

import dev.weft.Async;
import dev.weft.AsyncCloseable;
import dev.weft.Coroutine;
import dev.weft.Promise;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Consumer;

/** Two connected channels on one loop, made with Netty's own bootstraps. */
record Channels(Channel client, Channel server, Channel listener) implements AsyncCloseable {
    /**
     * Connects two channels.
     *
     * @param client called with the client's channel before it is active
     * @param server called with the server's channel before it is active
     */
    @Async
    static Coroutine<Channels> connect(
            NettyLoop netty, Consumer<Channel> client, Consumer<Channel> server) {
        Promise<Channel> accepted = new Promise<>();
        ChannelFuture bound =
                new ServerBootstrap()
                        .group(netty.eventLoop())
                        .channel(netty.serverSocketChannel())
                        .childHandler(initializer(server.andThen(accepted::complete)))
                        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        await(NettyLoop.of(bound));
        ChannelFuture connected =
                new Bootstrap()
                        .group(netty.eventLoop())
                        .channel(netty.socketChannel())
                        .handler(initializer(client))
                        .connect(bound.channel().localAddress());
        await(NettyLoop.of(connected));
        return Coroutine.of(new Channels(connected.channel(), await(accepted), bound.channel()));
    }

    private static ChannelInitializer<Channel> initializer(Consumer<Channel> body) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                body.accept(channel);
            }
        };
    }

    @Override
    @Async
    public Coroutine<Void> closeAsync() {
        await(NettyLoop.of(client.close()));
        await(NettyLoop.of(server.close()));
        await(NettyLoop.of(listener.close()));
        return Coroutine.done();
    }
}
