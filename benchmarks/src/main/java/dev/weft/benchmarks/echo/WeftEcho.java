package dev.weft.benchmarks.echo;

import static dev.weft.Weft.await;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Runner;
import dev.weft.Weft;
import dev.weft.benchmarks.serving.ServerSide;
import dev.weft.net.ByteStream;
import dev.weft.net.Server;
import dev.weft.netty.NettyLoop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** A task for each connection. */
final class WeftEcho {
    private WeftEcho() {}

    static void run(boolean hasBuffer) {
        Weft.run(() -> serve(hasBuffer));
    }

    static void runOnEpoll() {
        try (Runner runner = Weft.runner()) {
            runner.poller(NettyLoop.epoll()).run(() -> serve(true));
        }
    }

    @Async
    private static Coroutine<Void> serve(boolean hasBuffer) throws IOException {
        try (Server server = Server.bind(ServerSide.address()).backlog(ServerSide.BACKLOG)) {
            ServerSide.ready((InetSocketAddress) server.address());
            await(server.serve(stream -> hasBuffer ? echoBuffer(stream) : echo(stream)));
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> echo(ByteStream stream) throws IOException {
        for (byte[] bytes = await(stream.read(EchoServer.SIZE)); bytes != null; ) {
            await(stream.write(bytes));
            bytes = await(stream.read(EchoServer.SIZE));
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> echoBuffer(ByteStream stream) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(EchoServer.SIZE);
        while (await(stream.read(buffer)) >= 0) {
            await(stream.write(buffer.flip()));
            buffer.clear();
        }
        return Coroutine.done();
    }
}
