package dev.weft.instrument.support;

import dev.weft.instrument.AsyncCompiler;
import dev.weft.instrument.ClassFile;
import dev.weft.instrument.Compiled;
import dev.weft.instrument.Diagnostic;
import dev.weft.instrument.Options;
import dev.weft.instrument.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The output of the compiler for a set of class files: every class, compiled or left alone. */
public record Woven(SortedMap<String, byte[]> classes, List<Diagnostic> diagnostics) {

    /** Compiles each class separately, with the default options. */
    public static Woven of(Map<String, byte[]> classes) {
        return of(classes, Options.defaults());
    }

    /** Compiles each class separately. */
    public static Woven of(Map<String, byte[]> classes, Options options) {
        AsyncCompiler compiler = new AsyncCompiler(options);
        SortedMap<String, byte[]> all = new TreeMap<>(classes);
        List<Diagnostic> diagnostics = new ArrayList<>();
        classes.forEach(
                (name, bytes) -> {
                    Compiled compiled = compiler.compile(bytes);
                    diagnostics.addAll(compiled.diagnostics());
                    for (ClassFile file : compiled.classes()) {
                        all.put(file.name(), file.bytes());
                    }
                });
        return new Woven(all, diagnostics);
    }

    /** The same, and refuses diagnostics that are errors. */
    public Woven withoutErrors() {
        List<Diagnostic> errors =
                diagnostics.stream().filter(d -> d.severity() == Severity.ERROR).toList();
        if (!errors.isEmpty()) {
            throw new AssertionError("the compiler refuses: " + errors);
        }
        return this;
    }
}
