package dev.weft.benchmarks.driver;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process that has ended: success, duration and output. */
record Child(boolean succeeded, double millis, List<String> lines) {
    /**
     * Starts a process and waits for its end. A process that takes longer than the limit is killed
     * and has failed.
     */
    static Child run(List<String> command, Duration limit)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile("weft-benchmark", ".txt");
        try {
            long start = System.nanoTime();
            Process process = start(command, output.toFile());
            boolean ended;
            try {
                ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            } finally {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
            double millis = (System.nanoTime() - start) / 1e6;
            return new Child(ended && process.waitFor() == 0, millis, Files.readAllLines(output));
        } finally {
            Files.delete(output);
        }
    }

    private static Process start(List<String> command, File output) throws IOException {
        return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output).start();
    }

    /** Returns the reason of the failure in a few words. */
    String reason() {
        return lines.stream()
                .filter(line -> line.contains("Error") || line.contains("Exception"))
                .findFirst()
                .orElse("it did not end in " + Math.round(millis / 1000) + " s");
    }
}
