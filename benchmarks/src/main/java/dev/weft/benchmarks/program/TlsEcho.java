package dev.weft.benchmarks.program;

import dev.weft.benchmarks.echo.EchoClient;
import dev.weft.benchmarks.serving.ServerProcess;
import dev.weft.benchmarks.tls.Certificate;
import dev.weft.benchmarks.tls.TlsLink;
import dev.weft.benchmarks.tls.TlsServer;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;

/**
 * Messages over TLS that a server in another process sends back. Arguments: peer, file of the
 * certificate, connections, bytes of a message, seconds.
 */
public final class TlsEcho {
    private TlsEcho() {}

    public static void main(String[] args) throws Exception {
        Certificate.prepare(Path.of(args[1]));
        SSLContext context = Certificate.context(Path.of(args[1]));
        int connections = Integer.parseInt(args[2]);
        int size = Integer.parseInt(args[3]);
        try (ServerProcess server =
                        ServerProcess.start(TlsServer.class, Exchange.OPTIONS, args[0], args[1]);
                EchoClient client =
                        new EchoClient(
                                server.port(),
                                connections,
                                size,
                                channel -> TlsLink.connect(channel, context))) {
            Exchange.measure(
                    String.format("%,d connections, %,d bytes", connections, size),
                    server,
                    client,
                    Integer.parseInt(args[4]));
        }
        Out.exit();
    }
}
