package dev.weft.agent;

import dev.weft.instrument.Diagnostic;
import dev.weft.instrument.folder.DiagnosticLines;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Prints problems to the standard error, each one once: several class loaders may load a class, and
 * other agents ask for transformations again.
 */
final class Messages {
    private static final String PREFIX = "weft-agent: ";

    /** The number of different messages after which repetitions are printed. */
    private static final int MOST_REMEMBERED = 10_000;

    private final DiagnosticLines lines;
    private final Set<String> printed = ConcurrentHashMap.newKeySet();

    Messages(List<Path> sourceRoots) {
        this.lines = new DiagnosticLines(sourceRoots);
    }

    /** Prints a diagnostic as one line, and returns the line. */
    String print(Diagnostic diagnostic) {
        String line = lines.of(diagnostic);
        once(diagnostic.severity() + " " + line);
        return line;
    }

    /** Prints an error of a class that is changed while the program runs, each time. */
    String printAgain(Diagnostic diagnostic) {
        String line = lines.of(diagnostic);
        again(line);
        return line;
    }

    /** Prints an error that has no place in a source file. */
    void error(String message) {
        once("ERROR " + message);
    }

    /** Prints such an error each time. */
    void again(String message) {
        System.err.println(PREFIX + "ERROR " + message);
    }

    private void once(String message) {
        boolean isNew =
                printed.size() < MOST_REMEMBERED
                        ? printed.add(message)
                        : !printed.contains(message);
        if (isNew) {
            System.err.println(PREFIX + message);
        }
    }
}
