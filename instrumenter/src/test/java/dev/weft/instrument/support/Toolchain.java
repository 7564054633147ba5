package dev.weft.instrument.support;

import dev.weft.Coroutine;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;

/** A Java compiler with its options: each writes different byte code for the same source. */
public enum Toolchain {
    JAVAC("--release 17 -g"),
    JAVAC_NO_DEBUG("--release 17 -g:none"),
    JAVAC_PARAMETERS("--release 17 -parameters -XDstringConcat=inline"),
    JAVAC_NEWEST("--release 25 -g"),
    ECJ("--release 17 -g -nowarn"),
    ECJ_NO_DEBUG("--release 17 -g:none -preserveAllLocals -nowarn");

    private static final int NEWEST = 25;

    /** Shared, because it takes javac long to open the JDK's classes anew. */
    private static final JavaFileManager FILES =
            ToolProvider.getSystemJavaCompiler().getStandardFileManager(null, null, null);

    private final String options;

    Toolchain(String options) {
        this.options = options;
    }

    /** Returns the toolchains that the running JVM supports. */
    public static List<Toolchain> available() {
        return Stream.of(values()).filter(Toolchain::isAvailable).toList();
    }

    /** Returns whether the running JVM is new enough for the release to compile for. */
    public boolean isAvailable() {
        return this != JAVAC_NEWEST || Runtime.version().feature() >= NEWEST;
    }

    /** Returns whether this is javac, not ECJ. */
    public boolean isJavac() {
        return name().startsWith("JAVAC");
    }

    /** The class files of the sources by internal name, compiled against the runtime. */
    public SortedMap<String, byte[]> compile(List<SourceText> sources) {
        return compile(sources, runtimePath());
    }

    /** Returns the class with a name, from the text of one file. */
    public byte[] compile(String text, String name) {
        return compile(List.of(new SourceText("A.java", text))).get(name);
    }

    /** The class files of the sources by internal name. */
    public SortedMap<String, byte[]> compile(List<SourceText> sources, String classPath) {
        List<String> all = new ArrayList<>(List.of(options.split(" ")));
        all.addAll(List.of("-proc:none", "-cp", classPath));
        return isJavac() ? javac(all, sources) : Ecj.compile(all, sources);
    }

    private SortedMap<String, byte[]> javac(List<String> all, List<SourceText> sources) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        MemoryFiles files = new MemoryFiles(FILES);
        if (!compiler.getTask(null, files, problems, all, null, MemoryFiles.units(sources))
                .call()) {
            List<String> errors = new ArrayList<>();
            for (Diagnostic<?> problem : problems.getDiagnostics()) {
                errors.add(problem.toString());
            }
            throw new AssertionError(this + " refuses a source:\n" + String.join("\n", errors));
        }
        return files.classes();
    }

    private static String runtimePath() {
        try {
            return Path.of(
                            Coroutine.class
                                    .getProtectionDomain()
                                    .getCodeSource()
                                    .getLocation()
                                    .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
