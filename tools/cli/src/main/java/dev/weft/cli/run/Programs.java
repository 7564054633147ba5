package dev.weft.cli.run;

import dev.weft.cli.CommandException;
import dev.weft.cli.text.JavacForm;
import dev.weft.cli.text.Reason;
import dev.weft.instrument.AsyncCompiler;
import dev.weft.instrument.ClassFile;
import dev.weft.instrument.Compiled;
import dev.weft.instrument.Diagnostic;
import dev.weft.instrument.Severity;
import dev.weft.instrument.Suppressions;
import dev.weft.instrument.folder.SourceSuppressions;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.MalformedURLException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.StringJoiner;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/**
 * Makes programs.
 *
 * @param classPath the class path of the program
 * @param compiler the compiler of its classes
 * @param err for the messages of javac and of the compiler
 */
public record Programs(ClassPath classPath, AsyncCompiler compiler, PrintWriter err) {

    private static final Comparator<Diagnostic> BY_LINE = Comparator.comparing(Diagnostic::line);

    /**
     * Compiles a source file and its async methods; the main is that of the first class.
     *
     * @throws CommandException if the file does not compile
     */
    public Program fromSource(Path file, List<String> arguments) {
        requireCompiler();
        SourceText source = SourceText.read(file);
        SourceCompiler.Classes classes = SourceCompiler.compile(source, classPath, err);
        if (classes.first() == null) {
            throw CommandException.failed(file + " declares no class");
        }
        ProgramLoader loader = loader();
        loader.add(compiled(source, classes.files()), place(file));
        return program(loader, classes.first(), arguments);
    }

    private static void requireCompiler() {
        if (ModuleLayer.boot().findModule("jdk.compiler").isEmpty()) {
            throw CommandException.wrongUse(
                    "this Java has no compiler ("
                            + System.getProperty("java.home")
                            + "): to run a source file, use a JDK, and set JAVA_HOME to it");
        }
    }

    private List<ClassFile> compiled(SourceText source, List<ClassFile> files) {
        Suppressions suppressions = SourceSuppressions.ofText(source.text());
        List<ClassFile> all = new ArrayList<>();
        List<Diagnostic> diagnostics = new ArrayList<>();
        for (ClassFile file : files) {
            Compiled compiled = compiler.compile(file.bytes(), suppressions);
            diagnostics.addAll(compiled.diagnostics());
            all.addAll(compiled.classes().isEmpty() ? List.of(file) : compiled.classes());
        }
        diagnostics.sort(BY_LINE);
        List<String> lines = source.text().lines().toList();
        JavacForm.Source known = new JavacForm.Source(source.getName(), lines);
        err.print(new JavacForm(name -> known).of(diagnostics));
        err.flush();
        if (diagnostics.stream().anyMatch(d -> d.severity() == Severity.ERROR)) {
            throw CommandException.failed("compilation failed");
        }
        return all;
    }

    private static CodeSource place(Path file) {
        try {
            return new CodeSource(file.toUri().toURL(), (Certificate @Nullable []) null);
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Loads a class of the class path, whose classes are compiled as they are loaded.
     *
     * @throws CommandException if there is no such class, or if the class has no main
     */
    public Program fromClass(String name, List<String> arguments) {
        return program(loader(), name.replace('/', '.'), arguments);
    }

    /** Returns the main class that the manifest of a jar names. */
    public static String mainClass(Path jar) {
        try (JarFile file = new JarFile(jar.toFile())) {
            Manifest manifest = file.getManifest();
            String name =
                    manifest == null
                            ? null
                            : manifest.getMainAttributes().getValue(Attributes.Name.MAIN_CLASS);
            if (name == null) {
                throw CommandException.wrongUse(
                        jar + " names no main class: use weft run -cp " + jar + " CLASS");
            }
            return name.strip();
        } catch (IOException e) {
            throw CommandException.wrongUse("cannot read " + jar + ": " + Reason.of(e));
        }
    }

    private ProgramLoader loader() {
        for (Path missing : classPath.missing()) {
            err.println(
                    "weft: warning: the class path names " + missing + ", which does not exist");
        }
        ProgramLoader loader = new ProgramLoader(classPath, compiler);
        OtherRuntimes.warn(loader, err);
        err.flush();
        System.setProperty("java.class.path", classPath.text());
        return loader;
    }

    private Program program(ProgramLoader loader, String name, List<String> arguments) {
        try {
            return new Program(Class.forName(name, false, loader), arguments);
        } catch (ClassNotFoundException e) {
            throw CommandException.wrongUse(missing(name, e));
        } catch (UnsupportedClassVersionError e) {
            throw CommandException.failed(
                    "cannot load "
                            + name
                            + ": "
                            + e.getMessage()
                            + ": run it with a newer Java, or compile it with --release "
                            + Runtime.version().feature());
        } catch (LinkageError e) {
            throw CommandException.failed("cannot load " + name + ": " + e.getMessage());
        }
    }

    private String missing(String name, ClassNotFoundException failure) {
        if (failure.getCause() instanceof IOException unreadable) {
            return "cannot read the class " + name + ": " + Reason.of(unreadable);
        }
        String path = classPath.text().isEmpty() ? "" : " " + classPath.text();
        StringJoiner reasons = new StringJoiner("; ");
        reasons.add("there is no class " + name + " on the class path" + path);
        classPath.unreadable().forEach(reasons::add);
        return reasons.toString();
    }
}
