package dev.weft.benchmarks.serving;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A server in a JVM of its own, on the JDK of this one. */
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

    /** Starts a program that is a {@link ServerSide}, and waits until it listens. */
    public static ServerProcess start(Class<?> program, List<String> options, String... args)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(program.getName());
        command.addAll(List.of(args));
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

    /** Returns the port of one more loop, for a process that has several. */
    public int nextPort() throws IOException {
        return (int) answer("port ");
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

    /** Returns the bytes of memory that the process has, on Linux. */
    public long residentBytes() throws IOException {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        for (String line : Files.readAllLines(status)) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) * 1_024;
            }
        }
        throw new IOException("no VmRSS in " + status);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
