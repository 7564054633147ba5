package dev.weft.maven;

import dev.weft.instrument.Diagnostic;
import dev.weft.instrument.Severity;
import java.util.List;
import java.util.StringJoiner;

/**
 * What a run over a class tree has found. Nothing has been written yet.
 *
 * @param classes how many classes were compiled
 * @param bodies how many async methods and lambdas they hold
 */
record Outcome(Changes changes, List<Diagnostic> diagnostics, int classes, int bodies) {

    /** How many problems forbid the change. */
    long errors() {
        return diagnostics.stream().filter(d -> d.severity() == Severity.ERROR).count();
    }

    /** One line for the log, once the change has been made; a lambda counts as the method it is. */
    String done() {
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

    /** One line for the build's end, when nothing has been changed. */
    String refused() {
        return "Weft found "
                + plural(errors(), "error", "s")
                + ", listed above. No class file was changed.";
    }

    private static String plural(long n, String one, String ending) {
        return n + " " + one + (n == 1 ? "" : ending);
    }
}
