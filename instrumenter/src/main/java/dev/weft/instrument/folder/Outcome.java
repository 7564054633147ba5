package dev.weft.instrument.folder;

import dev.weft.instrument.Diagnostic;
import dev.weft.instrument.Severity;
import java.util.List;
import java.util.StringJoiner;

/**
 * The result of a run over a class tree. No file has been written yet.
 *
 * @param classes the number of compiled classes
 * @param bodies the number of async methods and lambdas in them
 */
public record Outcome(Changes changes, List<Diagnostic> diagnostics, int classes, int bodies) {

    /** Returns the number of problems that forbid the changes. */
    public long errors() {
        return diagnostics.stream().filter(d -> d.severity() == Severity.ERROR).count();
    }

    /** Returns a line for the log, for after the changes. Lambdas count as methods. */
    public String done() {
        StringJoiner line = new StringJoiner(". ").setEmptyValue("Nothing to compile");
        if (classes > 0) {
            String methods = plural(bodies, "async method", "s");
            line.add("Compiled " + methods + " in " + plural(classes, "class", "es"));
        }
        if (!changes.stale().isEmpty()) {
            line.add("Deleted " + plural(changes.stale().size(), "stale frame class", "es"));
        }
        return line.toString();
    }

    /** Returns a line for the end of a build that errors have stopped. */
    public String refused() {
        return "Weft found "
                + plural(errors(), "error", "s")
                + ", listed above. No class file was changed.";
    }

    private static String plural(long n, String one, String ending) {
        return n + " " + one + (n == 1 ? "" : ending);
    }
}
