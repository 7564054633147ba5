package dev.weft.benchmarks.echo;

import dev.weft.benchmarks.serving.NettyServer;
import dev.weft.benchmarks.serving.ServerSide;
import java.net.ServerSocket;

/** The server process. Argument: peer. */
public final class EchoServer {
    /** The bytes of a buffer. */
    static final int SIZE = 4_096;

    private EchoServer() {}

    public static void main(String[] args) throws Exception {
        ServerSide.startAnswering();
        run(args[0]);
    }

    /** Serves until the process ends. */
    static void run(String peer) throws Exception {
        switch (peer) {
            case "limit" -> SelectorEcho.run(SIZE);
            case "Weft" -> WeftEcho.run(false);
            case "Weft_(own_buffer)" -> WeftEcho.run(true);
            case "Weft_(Netty_epoll)" -> WeftEcho.runOnEpoll();
            case "Netty_NIO" ->
                    NettyServer.run(false, channel -> channel.pipeline().addLast(new NettyEcho()));
            case "Netty_epoll" ->
                    NettyServer.run(true, channel -> channel.pipeline().addLast(new NettyEcho()));
            case "virtual_threads" -> ThreadEcho.run(new ServerSocket(), SIZE);
            default -> throw new IllegalArgumentException("no echo server of " + peer);
        }
    }
}
