package dev.weft.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The JDKs of this machine that are tested: the current one, and the newest that Weft supports. */
final class Jdks {

    private static final String NEWEST = "25";

    private Jdks() {}

    static Stream<Path> all() throws IOException {
        Path current = Path.of(System.getProperty("java.home"));
        if (Runtime.version().feature() == Integer.parseInt(NEWEST)) {
            return Stream.of(current);
        }
        // Neighbours of the current one, as .ci/run finds them.
        try (Stream<Path> neighbours = Files.list(current.toRealPath().getParent())) {
            Path newest = neighbours.filter(Jdks::isNewest).sorted().findFirst().orElse(null);
            if (newest == null) {
                System.err.println(
                        "!!! NO JDK " + NEWEST + " WAS FOUND: JAVA " + NEWEST + " IS NOT TESTED.");
                return Stream.of(current);
            }
            return Stream.of(current, newest);
        }
    }

    private static boolean isNewest(Path home) {
        try {
            return Files.isExecutable(home.resolve("bin/javac"))
                    && Files.readString(home.resolve("release"))
                            .contains("JAVA_VERSION=\"" + NEWEST);
        } catch (IOException noJdk) {
            return false;
        }
    }
}
