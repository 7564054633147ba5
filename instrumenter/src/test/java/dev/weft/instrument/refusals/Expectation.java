package dev.weft.instrument.refusals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.instrument.Diagnostic;
import dev.weft.instrument.Severity;
import dev.weft.instrument.support.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A comment {@code // ERROR: text} or {@code // WARNING: text} on the line that it concerns, {@code
 * // ERROR without line: text} where the class file has none. The text is a part of the message;
 * {@code ...} stands for anything in between.
 */
record Expectation(Severity severity, int line, String text) {
    private static final Pattern COMMENT =
            Pattern.compile("// (ERROR|WARNING)( without line)?: (.*?)(?= // (?:ERROR|WARNING)|$)");

    /** Each message once, on its line, and no other. */
    static void check(SourceText source, List<Diagnostic> said) {
        List<Diagnostic> surplus = new ArrayList<>(inFile(source, said));
        List<Expectation> missing = new ArrayList<>();
        for (Expectation expectation : of(source)) {
            surplus.stream()
                    .filter(diagnostic -> expectation.isMetBy(diagnostic, true))
                    .findFirst()
                    .ifPresentOrElse(surplus::remove, () -> missing.add(expectation));
        }
        assertThat(missing).as("missing; said instead: %s", surplus).isEmpty();
        assertThat(surplus).as("surplus").isEmpty();
    }

    /**
     * Checks that each message is reported, and no other. A message about code that javac has
     * copied comes more than once.
     */
    static void checkWithoutLines(SourceText source, List<Diagnostic> said) {
        List<Expectation> expected = of(source);
        List<Diagnostic> found = inClasses(source, said);
        assertThat(found).hasSizeGreaterThanOrEqualTo(expected.size());
        assertThat(expected)
                .allMatch(e -> found.stream().anyMatch(diagnostic -> e.isMetBy(diagnostic, false)));
        assertThat(found)
                .allMatch(
                        diagnostic ->
                                expected.stream().anyMatch(e -> e.isMetBy(diagnostic, false)));
    }

    private static List<Expectation> of(SourceText source) {
        List<Expectation> all = new ArrayList<>();
        String[] lines = source.text().split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            for (Matcher found = COMMENT.matcher(lines[i]); found.find(); ) {
                int line = found.group(2) == null ? i + 1 : 0;
                all.add(new Expectation(Severity.valueOf(found.group(1)), line, found.group(3)));
            }
        }
        return all;
    }

    private boolean isMetBy(Diagnostic diagnostic, boolean lines) {
        Pattern pattern = Pattern.compile(Pattern.quote(text).replace(" ... ", "\\E.*\\Q"));
        return diagnostic.severity() == severity
                && (!lines || diagnostic.line() == line)
                && pattern.matcher(diagnostic.message()).find();
    }

    private static List<Diagnostic> inFile(SourceText source, List<Diagnostic> said) {
        return said.stream().filter(d -> d.file().equals("refusals/" + source.path())).toList();
    }

    private static List<Diagnostic> inClasses(SourceText source, List<Diagnostic> said) {
        String name = "refusals." + source.simpleName();
        return said.stream()
                .filter(d -> d.className().equals(name) || d.className().startsWith(name + "$"))
                .toList();
    }
}
