package dev.weft.net;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A JVM of its own with fewer file descriptors. */
final class ChildJvm {
    private ChildJvm() {}

    /** Runs the main method of {@code main} and returns the lines of its output and errors. */
    static List<String> run(int descriptors, Class<?> main)
            throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process =
                new ProcessBuilder(
                                "sh",
                                "-c",
                                "ulimit -n " + descriptors + "; exec \"$0\" \"$@\"",
                                java,
                                "-XX:TieredStopAtLevel=1",
                                "-XX:-MaxFDLimit",
                                "-cp",
                                System.getProperty("java.class.path"),
                                main.getName())
                        .redirectErrorStream(true)
                        .start();
        try {
            byte[] output = process.getInputStream().readAllBytes();
            process.waitFor();
            return new String(output, StandardCharsets.UTF_8).lines().toList();
        } finally {
            process.destroyForcibly();
        }
    }
}
