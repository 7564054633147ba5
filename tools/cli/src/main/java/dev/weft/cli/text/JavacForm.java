package dev.weft.cli.text;

import dev.weft.instrument.Diagnostic;
import dev.weft.instrument.Lint;
import dev.weft.instrument.Severity;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Diagnostics in the form of javac: {@code Prices.java:5: error: message}, then the source line and
 * a caret if the source is known. A class file contains no columns: the caret is under the {@code
 * await} of the line if there is a single one, else under the first character.
 */
public final class JavacForm {

    private static final String AWAIT = "await(";

    private final Function<String, Source> sources;

    /** A source file: the name to print, and the lines, which may be empty. */
    public record Source(String name, List<String> lines) {}

    /** Creates a form that finds the source of a file as the class file names it. */
    public JavacForm(Function<String, Source> sources) {
        this.sources = sources;
    }

    /** Returns the errors among the diagnostics, without source lines. */
    public static String errors(List<Diagnostic> diagnostics) {
        JavacForm form = new JavacForm(file -> new Source(file, List.of()));
        return form.of(diagnostics.stream().filter(d -> d.severity() == Severity.ERROR).toList());
    }

    /** Returns the text for the diagnostics; each ends with a line break. */
    public String of(List<Diagnostic> diagnostics) {
        return diagnostics.stream().map(this::of).collect(Collectors.joining());
    }

    private String of(Diagnostic diagnostic) {
        Source source = sources.apply(diagnostic.file());
        Lint lint = diagnostic.lint();
        return place(diagnostic, source)
                + (diagnostic.severity() == Severity.ERROR ? "error: " : "warning: ")
                + (lint == null ? "" : "[" + Lint.PREFIX + lint.label() + "] ")
                + diagnostic.message()
                + "\n"
                + excerpt(source.lines(), diagnostic.line());
    }

    private static String place(Diagnostic diagnostic, Source source) {
        if (!source.name().isEmpty() && diagnostic.line() > 0) {
            return source.name() + ":" + diagnostic.line() + ": ";
        }
        String name = diagnostic.className();
        String method = diagnostic.method().isEmpty() ? "" : "." + diagnostic.method();
        return (source.name().isEmpty() ? "" : source.name() + ": ")
                + (name.isEmpty() ? "" : name + method + ": ");
    }

    private static String excerpt(List<String> lines, int line) {
        if (line < 1 || line > lines.size()) {
            return "";
        }
        String text = lines.get(line - 1);
        return text + "\n" + indent(text, column(text)) + "^\n";
    }

    private static int column(String text) {
        int await = text.indexOf(AWAIT);
        return await >= 0 && await == text.lastIndexOf(AWAIT)
                ? await
                : text.length() - text.stripLeading().length();
    }

    /** Returns the white space before a column; a tab stays a tab, as wide as in the line. */
    private static String indent(String text, int column) {
        return text.substring(0, column).replaceAll("[^\t]", " ");
    }
}
