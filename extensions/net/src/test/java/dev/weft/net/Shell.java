package dev.weft.net;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** The shell that the tests of child processes need. */
final class Shell {
    private Shell() {}

    /** Skips the tests of a class on a machine without a POSIX shell, and says so. */
    static void check() {
        if (!Files.isExecutable(Path.of("/bin/sh"))) {
            System.err.println("SKIPPED: the tests of child processes need /bin/sh");
            Assumptions.abort("needs /bin/sh");
        }
    }
}
