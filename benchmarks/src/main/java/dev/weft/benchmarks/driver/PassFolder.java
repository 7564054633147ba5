package dev.weft.benchmarks.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * The classes for the measurement of the pass. Compiled once, because javac takes longer than all
 * passes.
 */
final class PassFolder {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private PassFolder() {}

    /** Returns the folder of the classes. */
    static String make(Setting setting) throws IOException {
        int classes = setting.quick() ? 100 : 1_000;
        Path folder = setting.target().resolve("pass-input-" + classes);
        if (Files.isDirectory(folder.resolve("huge/made"))) {
            return folder.toString();
        }
        List<String> command =
                List.of(
                        setting.base().tool("java"),
                        "-cp",
                        // javac reads no wildcards in a class path that the launcher has not
                        // expanded.
                        setting.classPath(List.of("weft-runtime")),
                        "dev.weft.benchmarks.program.PassInput",
                        folder.toString(),
                        Integer.toString(classes));
        try {
            Child child = Child.run(command, LIMIT);
            if (!child.succeeded()) {
                throw new IllegalStateException(String.join("\n", child.lines()));
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while javac ran", e);
        }
        return folder.toString();
    }

    /** A jar whose classes have nothing to do with Weft. */
    static String foreignJar(Setting setting) throws IOException {
        try (Stream<Path> lib = Files.list(setting.target().resolve("lib"))) {
            return lib.filter(jar -> jar.getFileName().toString().startsWith("netty-common"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no netty-common in target/lib"))
                    .toString();
        }
    }
}
