package dev.weft.benchmarks.program;

import dev.weft.benchmarks.echo.EchoClient;
import dev.weft.benchmarks.serving.ServerProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** The measurement of messages that come back. */
final class Exchange {
    /** The JVM options of the servers. */
    static final List<String> OPTIONS =
            List.of("-Xmx1g", "-Djdk.virtualThreadScheduler.parallelism=1");

    private Exchange() {}

    /** Measures after a warm-up that takes the same time. */
    static void measure(String workload, ServerProcess server, EchoClient client, int seconds)
            throws IOException {
        long nanos = Duration.ofSeconds(seconds).toNanos();
        client.run(nanos);
        Duration before = server.cpu();
        long began = System.nanoTime();
        long messages = client.run(nanos);
        double took = (System.nanoTime() - began) / 1e9;
        double cpu = server.cpu().minus(before).toNanos() / 1e3;
        Out.print(workload, "messages per s", messages / took);
        Out.print(workload, "CPU µs per message", cpu / messages);
        Out.print(workload, "µs, median", client.percentile(0.5) / 1e3);
        Out.print(workload, "µs, p99", client.percentile(0.99) / 1e3);
    }
}
