package dev.weft.spec.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A JVM of its own that runs a main class on the class path of the tests. */
public final class ChildJvm implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 60;

    private final Process process;
    private final BufferedReader output;

    private ChildJvm(Process process) {
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Starts the main method of {@code main} with {@code arguments}. */
    public static ChildJvm start(Class<?> main, String... arguments) throws IOException {
        return start(List.of(), main, arguments);
    }

    /** Starts the main method of {@code main} in a JVM with options such as {@code -Xmx20m}. */
    public static ChildJvm start(List<String> options, Class<?> main, String... arguments)
            throws IOException {
        return start(options, Map.of(), main, arguments);
    }

    /** Starts the main method of {@code main} with options and further environment variables. */
    public static ChildJvm start(
            List<String> options,
            Map<String, String> environment,
            Class<?> main,
            String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:TieredStopAtLevel=1");
        if (Boolean.getBoolean("weft.debugger")) {
            command.add("-Dweft.debugger=true");
        }
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        return new ChildJvm(builder.redirectError(ProcessBuilder.Redirect.DISCARD).start());
    }

    /**
     * Returns whether child processes ignore SIGINT. A shell lets the jobs that a script starts in
     * the background ignore the signal, and all processes inherit that; a JVM then never hears it.
     */
    public static boolean ignoresInterrupts() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return false;
        }
        for (String line : Files.readAllLines(status)) {
            if (line.startsWith("SigIgn:")) {
                String mask = line.substring("SigIgn:".length()).strip();
                return (Long.parseUnsignedLong(mask, 16) & 2) != 0;
            }
        }
        return false;
    }

    /** Sends a signal such as TERM with kill(1): {@link Process#destroy} closes the streams. */
    public void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, "" + process.pid()).start().waitFor();
    }

    /**
     * Reads the next line of the standard output, and fails unless the line equals {@code line}.
     */
    public void expect(String line) throws IOException {
        assertThat(output.readLine()).isEqualTo(line);
    }

    /** Reads the lines of the standard output that are left, up to the end of the JVM. */
    public List<String> rest() {
        return output.lines().toList();
    }

    /** Waits for the end of the JVM and returns its exit code. */
    public int exitCode() throws InterruptedException {
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("it ended").isTrue();
        return process.exitValue();
    }

    /** Kills the JVM if it still runs. */
    @Override
    public void close() {
        process.destroyForcibly();
    }
}
