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
import java.nio.ByteBuffer;
import javax.net.ssl.SSLContext;

/** A task for each connection, which encrypts by the engine of the JDK. */
final class WeftTls {
    /** The engine decrypts into a smaller buffer by way of another one. */
    private static final int MORE_THAN_A_RECORD = 17_408;

    private WeftTls() {}

    static void run(SSLContext context, boolean hasBuffer) {
        Weft.run(() -> serve(context, hasBuffer));
    }

    static void runOnNetty(boolean usesEpoll, SSLContext context) {
        try (Runner runner = Weft.runner()) {
            runner.poller(usesEpoll ? NettyLoop.epoll() : NettyLoop.nio())
                    .run(() -> serve(context, false));
        }
    }

    @Async
    private static Coroutine<Void> serve(SSLContext context, boolean hasBuffer) throws IOException {
        try (Server server = Server.bind(ServerSide.address()).backlog(ServerSide.BACKLOG)) {
            ServerSide.ready((InetSocketAddress) server.address());
            await(
                    server.serve(
                            plain ->
                                    hasBuffer ? echoBuffer(plain, context) : echo(plain, context)));
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

    @Async
    private static Coroutine<Void> echoBuffer(ByteStream plain, SSLContext context)
            throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(MORE_THAN_A_RECORD);
        try (ByteStream stream = await(Tls.server(plain, context))) {
            while (await(stream.read(buffer.clear())) >= 0) {
                await(stream.write(buffer.flip()));
            }
        }
        return Coroutine.done();
    }
}
