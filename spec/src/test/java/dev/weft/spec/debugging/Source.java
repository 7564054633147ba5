package dev.weft.spec.debugging;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The sources of these tests: what a trace is compared with stands on the lines themselves. */
final class Source {
    private Source() {}

    /** The comment at the end of the line that {@code element} names; empty if there is none. */
    static String commentAt(StackTraceElement element) {
        String name = element.getClassName().replaceAll("\\$.*", "").replace('.', '/');
        Path file = Path.of(System.getProperty("basedir", ""), "src/test/java", name + ".java");
        try {
            String line = Files.readAllLines(file).get(element.getLineNumber() - 1);
            int comment = line.indexOf("// ");
            return comment < 0 ? "" : line.substring(comment + 3);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
