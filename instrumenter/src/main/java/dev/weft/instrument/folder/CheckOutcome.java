package dev.weft.instrument.folder;

import dev.weft.instrument.folder.Finding.Rule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The result of a check.
 *
 * @param compiled the number of classes that are compiled
 * @param versions of Weft that compiled the classes
 * @param formats an example for each version of class files that mention Weft; the minor version is
 *     in the upper half of the number
 * @param slow the classes that are compiled for coverage tools
 */
public record CheckOutcome(
        List<Finding> findings,
        int compiled,
        Set<String> versions,
        Map<Integer, String> formats,
        List<String> slow) {
    public CheckOutcome {
        findings = List.copyOf(findings);
        versions = Collections.unmodifiableSet(new TreeSet<>(versions));
        formats = Collections.unmodifiableMap(new TreeMap<>(formats));
        slow = List.copyOf(slow);
    }

    /** Returns the findings of a rule. */
    public List<Finding> of(Rule rule) {
        return findings.stream().filter(found -> found.rule() == rule).toList();
    }

    /** Returns whether nothing was found. */
    public boolean isClean() {
        return findings.isEmpty();
    }

    /** Returns a line for each place. */
    public List<String> places(List<Path> sourceRoots) {
        return findings.stream().map(found -> found.line(sourceRoots)).toList();
    }

    /** Returns the repairs, one for each violated rule. */
    public List<String> fixes() {
        Set<Rule> violated = EnumSet.noneOf(Rule.class);
        findings.forEach(found -> violated.add(found.rule()));
        List<String> fixes = new ArrayList<>();
        violated.forEach(rule -> fixes.add(rule.fix()));
        return fixes;
    }

    /** Returns the warnings: what works, but should not be shipped. */
    public List<String> warnings() {
        if (slow.isEmpty()) {
            return List.of();
        }
        return List.of(
                count(slow.size(), "class", "es")
                        + (slow.size() == 1 ? " is" : " are")
                        + " compiled for coverage tools, where an await takes longer: "
                        + slow.get(0)
                        + (slow.size() > 1 ? ", ..." : "")
                        + ". Compile again with coverage=false before packaging (docs/coverage.md)");
    }

    /** Returns a line that closes the report. */
    public String summary() {
        if (isClean()) {
            return compiled == 0
                    ? "No async code found"
                    : "All async code is compiled: " + count(compiled, "class", "es");
        }
        return "Weft found "
                + count(findings.size(), "place", "s")
                + " that would fail at run time, listed above.";
    }

    private static String count(int n, String one, String ending) {
        return n + " " + one + (n == 1 ? "" : ending);
    }
}
