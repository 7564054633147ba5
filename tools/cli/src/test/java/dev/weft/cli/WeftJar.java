package dev.weft.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The command in a process of its own.
 *
 * @param status the exit status
 */
record WeftJar(int status, String out, String err) {

    static final Path JAR = Path.of("target/weft.jar").toAbsolutePath();
    private static final long LIMIT_SECONDS = 120;

    /** Runs {@code java -jar weft.jar}. */
    static WeftJar run(Path jdk, Path folder, String input, String... args) throws Exception {
        return run(new ProcessBuilder(command(jdk, args)).directory(folder.toFile()), input);
    }

    static List<String> command(Path jdk, String... args) {
        List<String> command = new ArrayList<>();
        command.add(jdk.resolve("bin/java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-jar", JAR.toString()));
        command.addAll(List.of(args));
        return command;
    }

    /** Runs a command with an input. The output goes through files, so that no pipe gets full. */
    static WeftJar run(ProcessBuilder builder, String input) throws Exception {
        Path in = Files.createTempFile("weft-in", ".txt");
        Path out = Files.createTempFile("weft-out", ".txt");
        Path err = Files.createTempFile("weft-err", ".txt");
        try {
            Files.writeString(in, input);
            builder.environment().remove("CLASSPATH");
            Process process =
                    builder.redirectInput(in.toFile())
                            .redirectOutput(out.toFile())
                            .redirectError(err.toFile())
                            .start();
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("the command has not ended: " + Files.readString(out));
            }
            return new WeftJar(process.exitValue(), Files.readString(out), Files.readString(err));
        } finally {
            delete(in, out, err);
        }
    }

    private static void delete(Path... files) throws IOException {
        for (Path file : files) {
            Files.delete(file);
        }
    }
}
