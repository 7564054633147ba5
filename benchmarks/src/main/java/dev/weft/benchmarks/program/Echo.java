package dev.weft.benchmarks.program;

import dev.weft.benchmarks.echo.EchoClient;
import dev.weft.benchmarks.echo.EchoServer;
import dev.weft.benchmarks.serving.ServerProcess;

/**
 * W8: messages that a server in another process sends back. Arguments: peer, connections, bytes of
 * a message, seconds.
 */
public final class Echo {
    private Echo() {}

    public static void main(String[] args) throws Exception {
        int connections = Integer.parseInt(args[1]);
        int size = Integer.parseInt(args[2]);
        try (ServerProcess server =
                        ServerProcess.start(EchoServer.class, Exchange.OPTIONS, args[0]);
                EchoClient client = new EchoClient(server.port(), connections, size)) {
            Exchange.measure(
                    String.format("%,d connections, %,d bytes", connections, size),
                    server,
                    client,
                    Integer.parseInt(args[3]));
        }
        Out.exit();
    }
}
