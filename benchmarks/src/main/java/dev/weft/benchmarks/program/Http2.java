package dev.weft.benchmarks.program;

import dev.weft.benchmarks.http.HttpServers;
import dev.weft.benchmarks.serving.ServerProcess;
import java.io.IOException;
import java.util.List;

/** Requests with HTTP/2 without TLS, by h2load. Arguments: peer, seconds of a measurement. */
public final class Http2 {
    private static final String TIME = "([0-9.]+)(us|ms|s)\\s+";
    private static final String CONNECTIONS = "8";
    private static final String STREAMS = "100";

    private Http2() {}

    public static void main(String[] args) throws Exception {
        try (ServerProcess server =
                ServerProcess.start(HttpServers.class, HttpOptions.ALL, args[0], "2")) {
            load(server, "/plaintext", args[1]);
            print("plaintext", load(server, "/plaintext", args[1]));
            print("JSON", load(server, "/json", args[1]));
        }
        Out.exit();
    }

    private static Load load(ServerProcess server, String path, String seconds)
            throws IOException, InterruptedException {
        return Load.run(
                server,
                List.of(
                        "h2load",
                        "-c",
                        CONNECTIONS,
                        "-m",
                        STREAMS,
                        "-D",
                        seconds,
                        "http://127.0.0.1:" + server.port() + path));
    }

    private static void print(String name, Load load) {
        if (!load.has("[1-9]\\d* done, \\d+ succeeded, 0 failed, 0 errored, 0 timeout")
                || !load.has(" 0 3xx, 0 4xx, 0 5xx")) {
            throw load.failure();
        }
        String workload = name + ", " + CONNECTIONS + " connections of " + STREAMS + " streams";
        double requests = load.number("(\\d+) done");
        Out.print(workload, "requests per s", load.number("([0-9.]+) req/s,"));
        Out.print(workload, "CPU µs per request", load.cpu().toNanos() / 1e3 / requests);
        Out.print(
                workload, "µs, mean", load.micros("time for request:\\s+\\S+\\s+\\S+\\s+" + TIME));
    }
}
