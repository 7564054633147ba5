package dev.weft.benchmarks.tls;

import static dev.weft.Weft.await;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Runner;
import dev.weft.Weft;
import dev.weft.benchmarks.serving.ServerSide;
import dev.weft.net.ByteStream;
import dev.weft.net.Server;
import dev.weft.net.Tls;
import dev.weft.netty.NettyLoop;
import java.io.IOException;
import java.net.InetSocketAddress;
import javax.net.ssl.SSLContext;

/** A task for each connection, which encrypts by the engine of the JDK. */
final class WeftTls {
    private WeftTls() {}

    static void run(SSLContext context) {
        Weft.run(() -> serve(context));
    }

    static void runOnNetty(boolean usesEpoll, SSLContext context) {
        try (Runner runner = Weft.runner()) {
            runner.poller(usesEpoll ? NettyLoop.epoll() : NettyLoop.nio())
                    .run(() -> serve(context));
        }
    }

    @Async
    private static Coroutine<Void> serve(SSLContext context) throws IOException {
        try (Server server = Server.bind(ServerSide.address()).backlog(ServerSide.BACKLOG)) {
            ServerSide.ready((InetSocketAddress) server.address());
            await(server.serve(plain -> echo(plain, context)));
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> echo(ByteStream plain, SSLContext context) throws IOException {
        try (ByteStream stream = await(Tls.server(plain, context))) {
            for (byte[] bytes = await(stream.read(TlsServer.SIZE)); bytes != null; ) {
                await(stream.write(bytes));
                bytes = await(stream.read(TlsServer.SIZE));
            }
        }
        return Coroutine.done();
    }
}
