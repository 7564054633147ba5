package dev.weft.benchmarks.program;

import dev.weft.benchmarks.http.HttpServers;
import dev.weft.benchmarks.serving.ServerProcess;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Requests with HTTP/1.1 by wrk, one after the other and in batches. Arguments: peer, seconds of a
 * measurement.
 */
public final class Http {
    private static final String TIME = "\\s+([0-9.]+)(us|ms|s)\\b";
    private static final String CONNECTIONS = "64";
    private static final int BATCH = 16;

    /** The compiler of a JVM on the other core needs time. */
    private static final int WARM_UP = 2;

    private static final String TEXT = "/plaintext";
    private static final String JSON = "/json";

    private final ServerProcess server;
    private final Path script;

    private Http(ServerProcess server, Path script) {
        this.server = server;
        this.script = script;
    }

    public static void main(String[] args) throws Exception {
        int seconds = Integer.parseInt(args[1]);
        Path script = Files.createTempFile("weft-pipeline", ".lua");
        try (InputStream lua = Http.class.getResourceAsStream("pipeline.lua");
                ServerProcess server =
                        ServerProcess.start(HttpServers.class, HttpOptions.ALL, args[0], "1")) {
            if (lua == null) {
                throw new IOException("Error: no pipeline.lua");
            }
            Files.write(script, lua.readAllBytes());
            new Http(server, script).measure(seconds);
        } finally {
            Files.delete(script);
        }
        Out.exit();
    }

    private void measure(int seconds) throws IOException, InterruptedException {
        load(TEXT, 1, WARM_UP * seconds);
        print(TEXT, 1, load(TEXT, 1, seconds));
        print(JSON, 1, load(JSON, 1, seconds));
        load(TEXT, BATCH, WARM_UP * seconds);
        print(TEXT, BATCH, load(TEXT, BATCH, seconds));
        print(JSON, BATCH, load(JSON, BATCH, seconds));
    }

    private Load load(String path, int batch, int seconds)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("wrk", "-t1", "-c" + CONNECTIONS));
        command.addAll(List.of("-d" + seconds + "s", "--latency"));
        if (batch > 1) {
            command.addAll(List.of("-s", script.toString()));
        }
        command.add("http://127.0.0.1:" + server.port() + path);
        if (batch > 1) {
            command.addAll(List.of("--", Integer.toString(batch)));
        }
        return Load.run(server, command);
    }

    private static void print(String path, int batch, Load load) {
        if (load.has("Non-2xx|Socket errors")) {
            throw load.failure();
        }
        String workload =
                path.substring(1)
                        + (batch > 1 ? ", " + batch + " at once, " : ", ")
                        + CONNECTIONS
                        + " connections";
        double requests = load.number("(\\d+) requests in");
        Out.print(workload, "requests per s", load.number("Requests/sec:\\s+([0-9.]+)"));
        Out.print(workload, "CPU µs per request", load.cpu().toNanos() / 1e3 / requests);
        if (batch == 1) { // wrk measures no single request of a batch
            Out.print(workload, "µs, median", load.micros("50%" + TIME));
            Out.print(workload, "µs, p99", load.micros("99%" + TIME));
        }
    }
}
