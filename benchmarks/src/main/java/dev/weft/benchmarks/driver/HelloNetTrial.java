package dev.weft.benchmarks.driver;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Runs a whole process that serves one client, from start to end. The class path has jars, as in a
 * deployed program, and only the jars that the process needs.
 */
record HelloNetTrial(Setting setting) implements Trial {
    private static final int LIMIT_SECONDS = 30;

    /** A main class and the libraries that it needs. */
    private record Program(String main, List<String> jars) {}

    private static final Map<String, Program> PROGRAMS =
            Map.of(
                    "limit",
                    new Program("dev.weft.benchmarks.limit.HelloNetLimit", List.of()),
                    "Weft",
                    new Program(
                            "dev.weft.benchmarks.program.HelloNetWeft",
                            List.of("weft-runtime", "weft-net-")),
                    "Netty NIO",
                    new Program("dev.weft.benchmarks.peers.HelloNetNetty", List.of("netty-")),
                    HelloTrial.VIRTUAL,
                    new Program("HelloNetVirtual", List.of()));

    /** The output of a process; NaN for a figure that is not there. */
    private record Seen(double firstByte, double cpu, List<String> lines) {
        boolean isComplete() {
            return !Double.isNaN(firstByte + cpu);
        }
    }

    @Override
    public Outcome run(Contestant contestant, int round) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process process = start(contestant);
        CompletableFuture<Void> limit = endLater(process);
        Seen seen = follow(process, start);
        int status = process.waitFor();
        double millis = (System.nanoTime() - start) / 1e6;
        limit.cancel(false);
        if (status != 0 || !seen.isComplete()) {
            return Outcome.failed(new Child(false, millis, seen.lines()));
        }
        return Outcome.of(
                List.of(
                        row("CPU ms", contestant, round, seen.cpu()),
                        row("ms", contestant, round, millis),
                        row("ms to the first byte", contestant, round, seen.firstByte())));
    }

    private static CompletableFuture<Void> endLater(Process process) {
        Executor later = CompletableFuture.delayedExecutor(LIMIT_SECONDS, TimeUnit.SECONDS);
        return CompletableFuture.runAsync(
                () -> process.descendants().forEach(ProcessHandle::destroyForcibly), later);
    }

    /** Reads the output to its end, and is the client. */
    private static Seen follow(Process process, long start) throws IOException {
        double firstByte = Double.NaN;
        double cpu = Double.NaN;
        List<String> lines = new ArrayList<>();
        try (BufferedReader output = process.inputReader()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                lines.add(line);
                if (line.startsWith("port ")) {
                    firstByte = (greet(Integer.parseInt(line.substring(5))) - start) / 1e6;
                } else if (line.startsWith("cpu ")) {
                    cpu = cpuMillis(line);
                }
            }
        }
        return new Seen(firstByte, cpu, lines);
    }

    /** The shell knows the CPU time of a process that has ended, and the JDK does not. */
    private Process start(Contestant contestant) throws IOException, InterruptedException {
        Program program = PROGRAMS.getOrDefault(contestant.peer(), new Program("?", List.of()));
        String path =
                contestant.peer().equals(HelloTrial.VIRTUAL)
                        ? Java25.compiled(setting, contestant.jvm(), program.main()).toString()
                        : setting.classPath(program.jars());
        List<String> command =
                List.of(
                        "bash",
                        "-c",
                        "TIMEFORMAT='cpu %3U %3S'; time \"$@\"",
                        "bash",
                        contestant.jvm().tool("java"),
                        "-cp",
                        path,
                        program.main());
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C");
        return builder.start();
    }

    /** Returns the time of the first byte of the answer, or NaN. */
    private static double greet(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(LIMIT_SECONDS * 1_000);
            InputStream input = socket.getInputStream();
            int first = input.read();
            long now = System.nanoTime();
            input.readAllBytes();
            return first == 'h' ? now : Double.NaN;
        } catch (IOException e) {
            System.err.println(e);
            return Double.NaN;
        }
    }

    private static double cpuMillis(String line) {
        String[] parts = line.split(" ", -1);
        return (Double.parseDouble(parts[1]) + Double.parseDouble(parts[2])) * 1e3;
    }

    private static Row row(String unit, Contestant contestant, int round, double value) {
        return new Row("hello over TCP", unit, contestant, round, value);
    }
}
