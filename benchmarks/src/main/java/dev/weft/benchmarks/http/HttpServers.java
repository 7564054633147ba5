package dev.weft.benchmarks.http;

import dev.weft.benchmarks.serving.NettyServer;
import dev.weft.benchmarks.serving.ServerSide;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;

/**
 * The server process. Arguments: peer, and the version of HTTP for peers that have a server for
 * each.
 */
public final class HttpServers {
    private HttpServers() {}

    public static void main(String[] args) throws Exception {
        ServerSide.startAnswering();
        boolean isHttp2 = args[1].equals("2");
        switch (args[0]) {
            case "Weft_NIO" -> WeftHttp.run(false);
            case "Weft_epoll" -> WeftHttp.run(true);
            case "Netty_NIO" -> netty(false, isHttp2);
            case "Netty_epoll" -> netty(true, isHttp2);
            case "Vert.x_epoll" -> VertxHttp.run();
            case "Jetty,_virtual_threads" -> JettyHttp.run();
            case "JDK,_virtual_threads" -> JdkHttp.run();
            default -> throw new IllegalArgumentException("no HTTP server of " + args[0]);
        }
    }

    private static void netty(boolean usesEpoll, boolean isHttp2) throws InterruptedException {
        NettyServer.run(
                usesEpoll,
                channel -> {
                    if (isHttp2) {
                        channel.pipeline()
                                .addLast(
                                        Http2FrameCodecBuilder.forServer().build(),
                                        new NettyHttp2());
                    } else {
                        channel.pipeline().addLast(new HttpServerCodec(), new NettyHttp());
                    }
                });
    }
}
