package dev.weft.instrument;

import dev.weft.instrument.describe.CompiledDescriber;
import dev.weft.instrument.explain.Explanation;
import dev.weft.instrument.explain.Explanation.Detail;
import dev.weft.instrument.explain.MethodStates;
import dev.weft.instrument.model.ParsedClass;
import dev.weft.instrument.read.Parser;
import dev.weft.instrument.read.UnreadableClassException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Explains one class. */
final class Explainer {
    private static final String COMPILED =
            "compiled already: the values that each await saves, and the ways between the states,"
                    + " need the class as javac wrote it. Compile its source without Weft, or name the"
                    + " folder of the sources";

    private Explainer() {}

    static Explanation explain(
            byte[] classFile, Options options, Function<String, Optional<byte[]>> frameClasses) {
        ParsedClass parsed;
        try {
            parsed = Parser.parse(classFile);
        } catch (UnreadableClassException unreadable) {
            String name = unreadable.className().replace('/', '.');
            return new Explanation(name, "", Detail.NONE, unreadable.reason(), List.of());
        }
        if (parsed.marker() != null) {
            List<MethodStates> methods =
                    CompiledDescriber.describe(parsed, classFile, frameClasses);
            return of(parsed, methods.isEmpty() ? Detail.NONE : Detail.PARTIAL, COMPILED, methods);
        }
        Report report = new Report(options.fatal(), Suppressions.NONE);
        report.about(parsed);
        List<MethodStates> methods = new Pipeline(parsed, classFile, options, report).describe();
        return methods.isEmpty()
                ? of(parsed, Detail.NONE, whyNothing(report), methods)
                : of(parsed, Detail.FULL, "", methods);
    }

    private static String whyNothing(Report report) {
        for (Diagnostic diagnostic : report.refusal().diagnostics()) {
            if (diagnostic.severity() == Severity.ERROR) {
                String line = diagnostic.line() == 0 ? "" : "line " + diagnostic.line() + ": ";
                return "not compiled: " + line + diagnostic.message();
            }
        }
        return "no async methods";
    }

    private static Explanation of(
            ParsedClass parsed, Detail detail, String note, List<MethodStates> methods) {
        return new Explanation(parsed.displayName(), parsed.file(), detail, note, methods);
    }
}
