package dev.weft.benchmarks.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** An archive of the classes that hello world loads: AppCDS, or the AOT cache from Java 25 on. */
final class HelloArchive {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final int FIRST_AOT = 25;

    private HelloArchive() {}

    /** Returns the option that uses the archive, which is made at the first call of a driver. */
    static String option(Setting setting, Jvm jvm, String classPath, String program)
            throws IOException, InterruptedException {
        boolean aot = jvm.feature() >= FIRST_AOT;
        Path file = setting.target().resolve("hello-" + jvm.feature() + (aot ? ".aot" : ".jsa"));
        if (!isNewer(file, setting)) {
            List<String> command = new ArrayList<>();
            command.add(jvm.tool("java"));
            command.add((aot ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + file);
            command.addAll(List.of("-cp", classPath, program));
            Child child = Child.run(command, LIMIT);
            if (!child.succeeded()) {
                throw new IllegalStateException(String.join("\n", child.lines()));
            }
        }
        return (aot ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=") + file;
    }

    /** Returns whether the archive is of the jars that are there now: a JVM ignores any other. */
    private static boolean isNewer(Path file, Setting setting) throws IOException {
        return Files.exists(file)
                && Files.getLastModifiedTime(file)
                                .compareTo(
                                        Files.getLastModifiedTime(setting.target().resolve("lib")))
                        > 0;
    }
}
