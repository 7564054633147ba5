package dev.weft.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A command of a JDK, run to its end in a process of its own. */
final class Tool {
    private static final int PATIENCE_SECONDS = 90;

    /** The class path of the tests, less the agent. */
    static final String CLASS_PATH =
            Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                    .filter(entry -> !entry.equals(agent()) && !entry.endsWith("classes/"))
                    .filter(entry -> !entry.contains("jacoco"))
                    .collect(Collectors.joining(File.pathSeparator));

    /**
     * The result of a command.
     *
     * @param out the lines of the standard output
     * @param err the lines of the standard error
     */
    record Result(int exitCode, List<String> out, List<String> err) {}

    private final List<String> command = new ArrayList<>();
    private String input = "";

    Tool(Path jdk, String name) {
        command.add(jdk.resolve("bin").resolve(name).toString());
    }

    /** Returns the jar under test. */
    static String agent() {
        return System.getProperty("weft.agent.jar");
    }

    /** Returns a command that runs a JVM with the agent. */
    static Tool java(Path jdk, String agentOptions) {
        return new Tool(jdk, "java")
                .with(
                        "-XX:TieredStopAtLevel=1",
                        "-Xshare:auto",
                        "-javaagent:" + agent() + agentOptions);
    }

    Tool with(String... arguments) {
        command.addAll(List.of(arguments));
        return this;
    }

    Tool main(Class<?> program, String... arguments) {
        return with("-cp", CLASS_PATH, program.getName()).with(arguments);
    }

    Tool reading(String text) {
        input = text;
        return this;
    }

    /** Runs the command. Files carry its streams, so that no full pipe stops it. */
    Result run() throws IOException, InterruptedException {
        Path in = Files.writeString(Files.createTempFile("weft", "in"), input);
        Path out = Files.createTempFile("weft", "out");
        Path err = Files.createTempFile("weft", "err");
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectInput(in.toFile())
                            .redirectOutput(out.toFile())
                            .redirectError(err.toFile())
                            .start();
            boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (!ended) {
                process.destroyForcibly();
            }
            assertThat(ended).as("%s has ended", command).isTrue();
            return new Result(
                    process.exitValue(), Files.readAllLines(out), Files.readAllLines(err));
        } finally {
            for (Path file : List.of(in, out, err)) {
                Files.delete(file);
            }
        }
    }
}
