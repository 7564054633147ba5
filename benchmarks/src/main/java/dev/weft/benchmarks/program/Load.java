package dev.weft.benchmarks.program;

import dev.weft.benchmarks.serving.ServerProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The output of a program that loads a server, and the time that the server's threads have been
 * running.
 */
record Load(String output, Duration cpu) {
    private static final Map<String, Double> MICROS = Map.of("us", 1.0, "ms", 1e3, "s", 1e6);

    /** Runs a program, and fails if it does. */
    static Load run(ServerProcess server, List<String> command)
            throws IOException, InterruptedException {
        Duration before = server.cpu();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Load load = new Load(output, server.cpu().minus(before));
        if (process.waitFor() != 0) {
            throw load.failure();
        }
        return load;
    }

    /** Returns the number in the first group of a pattern. */
    double number(String pattern) {
        return Double.parseDouble(find(pattern).group(1));
    }

    /** Returns the duration whose number and unit are the groups of a pattern, in microseconds. */
    double micros(String pattern) {
        Matcher found = find(pattern);
        return Double.parseDouble(found.group(1)) * MICROS.getOrDefault(found.group(2), Double.NaN);
    }

    /** Returns whether a pattern occurs. */
    boolean has(String pattern) {
        return Pattern.compile(pattern).matcher(output).find();
    }

    private Matcher find(String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(output);
        if (!matcher.find()) {
            throw failure();
        }
        return matcher;
    }

    /** Returns an exception with the output. */
    IllegalStateException failure() {
        return new IllegalStateException("Error: " + output);
    }
}
