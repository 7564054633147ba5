package dev.weft.benchmarks.program;

import dev.weft.benchmarks.echo.EchoClient;
import dev.weft.benchmarks.echo.EchoServer;
import dev.weft.benchmarks.serving.ServerProcess;
import java.util.List;

/** The heap of a connection that waits, on the server's side. Arguments: peer, connections. */
public final class IdleConnections {
    /** Used before, so that what is loaded and allocated once is not counted. */
    private static final int FIRST = 100;

    private static final long SECOND = 1_000_000_000;

    private IdleConnections() {}

    public static void main(String[] args) throws Exception {
        int connections = Integer.parseInt(args[1]);
        List<String> options = List.of("-Xmx256m", "-XX:+UseSerialGC");
        try (ServerProcess server = ServerProcess.start(EchoServer.class, options, args[0]);
                EchoClient first = new EchoClient(server.port(), FIRST, 1_024)) {
            first.run(SECOND);
            long before = server.live();
            try (EchoClient idle = new EchoClient(server.port(), connections, 0)) {
                first.run(SECOND); // the server has accepted all before it answers these
                double more = server.live() - before;
                String workload = String.format("%,d idle connections", connections);
                Out.print(workload, "B per connection", more / idle.connections());
            }
        }
        Out.exit();
    }
}
