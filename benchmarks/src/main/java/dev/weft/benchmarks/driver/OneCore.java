package dev.weft.benchmarks.driver;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Confines a JVM, with its compiler and its collector, to the last core. */
final class OneCore {
    private static final Path TASKSET = Path.of("/usr/bin/taskset");

    private OneCore() {}

    /**
     * Returns the command before that of the JVM, or nothing if the machine has no such command.
     */
    static List<String> launcher() {
        int last = Runtime.getRuntime().availableProcessors() - 1;
        return Files.isExecutable(TASKSET)
                ? List.of(TASKSET.toString(), "-c", Integer.toString(last))
                : List.of();
    }

    /** Returns the confinement, for the title of a table. */
    static String title() {
        return launcher().isEmpty() ? "one thread, not bound to a core" : "one core";
    }
}
