package dev.weft.benchmarks.peers;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Says hello to the first client. */
public final class HelloNetNetty extends ChannelInboundHandlerAdapter {
    private HelloNetNetty() {}

    public static void main(String[] args) throws InterruptedException {
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        Channel server =
                new ServerBootstrap()
                        .group(group)
                        .channel(NioServerSocketChannel.class)
                        .childHandler(new HelloNetNetty())
                        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .sync()
                        .channel();
        System.out.println("port " + ((InetSocketAddress) server.localAddress()).getPort());
        group.terminationFuture().sync();
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the process ends
    public void channelActive(ChannelHandlerContext context) {
        context.writeAndFlush(Unpooled.copiedBuffer("hello\n", StandardCharsets.UTF_8))
                .addListener(ChannelFutureListener.CLOSE)
                .addListener(
                        done ->
                                context.channel()
                                        .eventLoop()
                                        .parent()
                                        .shutdownGracefully(0, 0, TimeUnit.SECONDS));
    }
}
