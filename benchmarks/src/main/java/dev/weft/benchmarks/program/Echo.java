package dev.weft.benchmarks.program;

import dev.weft.benchmarks.echo.EchoClient;
import dev.weft.benchmarks.echo.ServerProcess;
import java.time.Duration;
import java.util.List;

/**
 * W8: messages that a server in another process sends back. Arguments: peer, connections, bytes of
 * a message, seconds.
 */
public final class Echo {
    private static final List<String> OPTIONS =
            List.of("-Xmx1g", "-Djdk.virtualThreadScheduler.parallelism=1");

    private Echo() {}

    public static void main(String[] args) throws Exception {
        int connections = Integer.parseInt(args[1]);
        int size = Integer.parseInt(args[2]);
        long nanos = Duration.ofSeconds(Integer.parseInt(args[3])).toNanos();
        try (ServerProcess server = ServerProcess.start(args[0], OPTIONS);
                EchoClient client = new EchoClient(server.port(), connections, size)) {
            client.run(nanos);
            Duration before = server.cpu();
            long began = System.nanoTime();
            long messages = client.run(nanos);
            double seconds = (System.nanoTime() - began) / 1e9;
            double cpu = server.cpu().minus(before).toNanos() / 1e3;
            String workload = String.format("%,d connections, %,d bytes", connections, size);
            Out.print(workload, "messages per s", messages / seconds);
            Out.print(workload, "CPU µs per message", cpu / messages);
            Out.print(workload, "µs, median", client.percentile(0.5) / 1e3);
            Out.print(workload, "µs, p99", client.percentile(0.99) / 1e3);
        }
        Out.exit();
    }
}
