package dev.weft.instrument.folder;

import dev.weft.instrument.AsyncCompiler;
import dev.weft.instrument.Options;
import dev.weft.instrument.explain.Explanation;
import dev.weft.instrument.explain.Explanation.Detail;
import dev.weft.instrument.explain.Format;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The explanation of a class that is found on a class path, with its source file where that is
 * found. A class that is compiled already is compiled again from its source, in memory.
 */
public final class ClassReport {
    private final Explanation explanation;
    private final List<String> source;

    private ClassReport(Explanation explanation, List<String> source) {
        this.explanation = explanation;
        this.source = source;
    }

    /**
     * Explains a class or a method.
     *
     * @param name {@code com.acme.Prices} or {@code com.acme.Prices.total}
     * @param classPath folders and jars
     * @param sourceRoots the folders of source files
     * @throws IllegalArgumentException when there is no such class or async method; the message
     *     says which there are
     */
    public static ClassReport of(String name, List<Path> classPath, List<Path> sourceRoots) {
        ClassLookup lookup = new ClassLookup(classPath);
        String method = "";
        String className = name;
        Optional<byte[]> found = find(lookup, className);
        int dot = name.lastIndexOf('.');
        if (found.isEmpty() && dot > 0) {
            method = name.substring(dot + 1);
            className = name.substring(0, dot);
            found = find(lookup, className);
        }
        byte[] classFile =
                found.orElseThrow(() -> new IllegalArgumentException(missing(name, classPath)));
        ClassReport report =
                explain(classFile, lookup, new SourceFiles(sourceRoots)).named(className);
        return method.isEmpty() ? report : report.ofMethod(method);
    }

    /** Looks for a class, also with dots in the names of nested classes. */
    private static Optional<byte[]> find(ClassLookup lookup, String className) {
        String name = className.replace('.', '/');
        Optional<byte[]> found = lookup.find(name);
        for (int slash = name.lastIndexOf('/');
                found.isEmpty() && slash > 0;
                slash = name.lastIndexOf('/')) {
            name = name.substring(0, slash) + "$" + name.substring(slash + 1);
            found = lookup.find(name);
        }
        return found;
    }

    private static String missing(String name, List<Path> classPath) {
        StringBuilder text = new StringBuilder("there is no class ").append(name);
        text.append(" on the class path: compile it first, and check the name and the class path");
        for (Path each : classPath) {
            text.append(Files.exists(each) ? "" : "; " + each + " does not exist");
        }
        return text.toString();
    }

    private static ClassReport explain(byte[] classFile, ClassLookup lookup, SourceFiles sources) {
        AsyncCompiler compiler = new AsyncCompiler(Options.defaults());
        Explanation explanation = compiler.explain(classFile, lookup::find);
        String file = explanation.sourceFile();
        @Nullable Path source = file.isEmpty() ? null : sources.find(file);
        if (source != null && AsyncCompiler.inspect(classFile).version() != null) {
            if (ModuleLayer.boot().findModule("jdk.compiler").isEmpty()) {
                return new ClassReport(withoutJavac(explanation), lines(source));
            }
            String name = explanation.className().replace('.', '/');
            Optional<byte[]> again = Recompilation.of(source, name, lookup.roots());
            if (again.isPresent()) {
                Explanation better = compiler.explain(again.get(), lookup::find);
                explanation = better.detail() == Detail.FULL ? better : explanation;
            }
        }
        return new ClassReport(explanation, lines(source));
    }

    private static Explanation withoutJavac(Explanation compiled) {
        return new Explanation(
                compiled.className(),
                compiled.sourceFile(),
                compiled.detail(),
                "compiled already, and this Java ("
                        + System.getProperty("java.home")
                        + ") has no compiler that could compile the source again: use a JDK",
                compiled.methods());
    }

    private static List<String> lines(@Nullable Path source) {
        try {
            return source == null ? List.of() : Files.readAllLines(source, StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            return List.of(); // the page has no source then
        }
    }

    /** Returns the report with the name of a class whose damaged file does not tell it. */
    private ClassReport named(String className) {
        if (!explanation.className().isEmpty()) {
            return this;
        }
        Explanation named =
                new Explanation(
                        className,
                        explanation.sourceFile(),
                        explanation.detail(),
                        explanation.note(),
                        explanation.methods());
        return new ClassReport(named, source);
    }

    private ClassReport ofMethod(String method) {
        Explanation named = explanation.ofMethod(method);
        if (named.methods().isEmpty() && explanation.detail() != Detail.NONE) {
            List<String> known = explanation.methods().stream().map(each -> each.name()).toList();
            throw new IllegalArgumentException(
                    explanation.className()
                            + " has no async method "
                            + method
                            + "; it has "
                            + String.join(", ", known));
        }
        return new ClassReport(named, source);
    }

    public Explanation explanation() {
        return explanation;
    }

    /** Returns the explanation in a format. */
    public String render(Format format) {
        return format.render(explanation, source);
    }
}
