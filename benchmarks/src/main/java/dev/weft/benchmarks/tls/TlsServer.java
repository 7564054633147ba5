package dev.weft.benchmarks.tls;

import dev.weft.benchmarks.echo.NettyEcho;
import dev.weft.benchmarks.echo.ThreadEcho;
import dev.weft.benchmarks.serving.NettyServer;
import dev.weft.benchmarks.serving.ServerSide;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;

/** The server process. Arguments: peer, file of the certificate. */
public final class TlsServer {
    /** A record has as many bytes at the most. */
    static final int SIZE = 16_384;

    private TlsServer() {}

    public static void main(String[] args) throws Exception {
        ServerSide.startAnswering();
        Path file = Path.of(args[1]);
        switch (args[0]) {
            case "Weft" -> WeftTls.run(Certificate.context(file), false);
            case "Weft_(own_buffer)" -> WeftTls.run(Certificate.context(file), true);
            case "Weft_(Netty_NIO)" -> WeftTls.runOnNetty(false, Certificate.context(file));
            case "Weft_(Netty_epoll)" -> WeftTls.runOnNetty(true, Certificate.context(file));
            case "Netty_NIO" -> netty(false, file);
            case "Netty_epoll" -> netty(true, file);
            case "virtual_threads" -> threads(Certificate.context(file));
            default -> throw new IllegalArgumentException("no TLS server of " + args[0]);
        }
    }

    private static void netty(boolean usesEpoll, Path file) throws Exception {
        SslContext context =
                SslContextBuilder.forServer(Certificate.managers(file))
                        .sslProvider(SslProvider.JDK)
                        .build();
        NettyServer.run(
                usesEpoll,
                channel ->
                        channel.pipeline()
                                .addLast(context.newHandler(channel.alloc()), new NettyEcho()));
    }

    private static void threads(SSLContext context)
            throws IOException, ReflectiveOperationException {
        ThreadEcho.run(context.getServerSocketFactory().createServerSocket(), SIZE);
    }
}
