package dev.weft.cli.repl;

import static java.util.Objects.requireNonNull;

import dev.weft.cli.run.ProgramLoader;
import dev.weft.instrument.AsyncCompiler;
import dev.weft.instrument.ClassFile;
import dev.weft.instrument.Compiled;
import dev.weft.instrument.Diagnostic;
import dev.weft.instrument.Severity;
import java.io.File;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import jdk.jshell.execution.LoaderDelegate;
import jdk.jshell.spi.ExecutionControl.ClassBytecodes;
import jdk.jshell.spi.ExecutionControl.ClassInstallException;
import jdk.jshell.spi.ExecutionControl.NotImplementedException;

/** Loads the classes of snippets, compiled. Messages have the form of JShell's. */
final class SnippetLoader implements LoaderDelegate {

    private final AsyncCompiler compiler;
    private final ProgramLoader loader;
    private final PrintStream out;

    private final Set<String> refused = new HashSet<>();

    SnippetLoader(AsyncCompiler compiler, ProgramLoader loader, PrintStream out) {
        this.compiler = compiler;
        this.loader = loader;
        this.out = out;
    }

    @Override
    public void load(ClassBytecodes[] classes)
            throws ClassInstallException, NotImplementedException {
        for (ClassBytecodes each : classes) {
            add(each.name(), each.bytecodes());
        }
        boolean[] installed = new boolean[classes.length];
        for (int i = 0; i < classes.length; i++) {
            try {
                Class<?> loaded = Class.forName(classes[i].name(), true, loader);
                // Fails where a type of the snippet is missing.
                requireNonNull(loaded.getDeclaredMethods());
                installed[i] = true;
            } catch (ReflectiveOperationException | LinkageError e) {
                throw new ClassInstallException("load: " + e, installed);
            }
        }
    }

    private void add(String name, byte[] bytes) {
        byte[] async = SnippetClass.async(bytes);
        Compiled compiled = compiler.compile(async);
        for (Diagnostic diagnostic : compiled.diagnostics()) {
            report(name, diagnostic);
        }
        loader.add(
                compiled.classes().isEmpty()
                        ? List.of(new ClassFile(name.replace('.', '/'), async))
                        : compiled.classes(),
                null);
    }

    private void report(String name, Diagnostic diagnostic) {
        boolean isError = diagnostic.severity() == Severity.ERROR;
        if (isError) {
            refused.add(name);
        }
        print(isError ? "Error:" : "Warning:");
        print(diagnostic.message());
    }

    /** Prints a line in the form of JShell. */
    void print(String text) {
        out.println("|  " + text);
    }

    /** Returns whether the code of a snippet cannot run. */
    boolean refuses(Class<?> snippet) {
        return refused.contains(snippet.getName());
    }

    @Override
    public void classesRedefined(ClassBytecodes[] classes) {
        // Classes are never redefined: JShell then gives the new class another name.
    }

    @Override
    public void addToClasspath(String path) {
        for (String element : path.split(File.pathSeparator, -1)) {
            loader.add(Path.of(element));
        }
    }

    @Override
    public Class<?> findClass(String name) throws ClassNotFoundException {
        return Class.forName(name, true, loader);
    }
}
