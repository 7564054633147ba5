package dev.weft.benchmarks.echo;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** An {@link EchoServer} in a JVM of its own, with the options of this one. */
public final class ServerProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;
    private final BufferedWriter input;
    private final int port;

    private ServerProcess(Process process) throws IOException {
        this.process = process;
        output = process.inputReader(StandardCharsets.UTF_8);
        input = process.outputWriter(StandardCharsets.UTF_8);
        port = (int) answer("port ");
    }

    /** Starts the server of {@code peer} and waits until it listens. */
    public static ServerProcess start(String peer, List<String> options) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(EchoServer.class.getName(), peer));
        ProcessBuilder builder = new ProcessBuilder(command);
        return new ServerProcess(builder.redirectError(ProcessBuilder.Redirect.INHERIT).start());
    }

    private long answer(String prefix) throws IOException {
        String line = output.readLine();
        while (line != null && !line.startsWith(prefix)) {
            line = output.readLine();
        }
        if (line == null) {
            throw new IOException("Error: the server has ended");
        }
        return Long.parseLong(line.substring(prefix.length()));
    }

    /** Returns the port on the loopback interface. */
    public int port() {
        return port;
    }

    /** Returns the bytes of the live objects of the server. */
    public long live() throws IOException {
        input.write("live\n");
        input.flush();
        return answer("live ");
    }

    /** Returns the time that all threads of the server have been running. */
    public Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
