package dev.weft.benchmarks.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The classes that need a newer Java than the module, compiled by the JDK that runs them. */
final class Java25 {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private Java25() {}

    /**
     * Returns the folder of the classes. Compiles a class at its first use, or if it has changed.
     */
    static Path compiled(Setting setting, Jvm jvm, String name)
            throws IOException, InterruptedException {
        Path classes = setting.java25();
        Path source = setting.folder().resolve("src/java25/" + name + ".java");
        Path compiled = classes.resolve(name + ".class");
        if (!Files.exists(compiled)
                || Files.getLastModifiedTime(compiled).compareTo(Files.getLastModifiedTime(source))
                        < 0) {
            Child child =
                    Child.run(
                            List.of(jvm.tool("javac"), "-d", classes.toString(), source.toString()),
                            LIMIT);
            if (!child.succeeded()) {
                throw new IllegalStateException(String.join("\n", child.lines()));
            }
        }
        return classes;
    }
}
