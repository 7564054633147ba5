package dev.weft.agent;

import dev.weft.agent.hotswap.Fingerprints;
import dev.weft.agent.hotswap.HotSwap;
import dev.weft.instrument.AsyncCompiler;
import dev.weft.instrument.ClassFile;
import dev.weft.instrument.Compiled;
import dev.weft.instrument.Diagnostic;
import dev.weft.instrument.Options;
import dev.weft.instrument.Severity;
import dev.weft.instrument.Suppressions;
import dev.weft.instrument.folder.SourceSuppressions;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Compiles one class: prints its problems, defines its frame classes, and returns the compiled
 * class. The JVM swallows what a transformer throws, so every failure becomes a message.
 */
final class Compilation {

    private final AsyncCompiler compiler;
    private final Suppressions suppressions;
    private final Messages messages;
    private final FrameClasses frames;

    private Compilation(
            AsyncCompiler compiler,
            Suppressions suppressions,
            Messages messages,
            FrameClasses frames) {
        this.compiler = compiler;
        this.suppressions = suppressions;
        this.messages = messages;
        this.frames = frames;
    }

    static Compilation start(AgentOptions options, Instrumentation instrumentation) {
        return new Compilation(
                new AsyncCompiler(new Options(options.debug(), options.fatal())),
                new SourceSuppressions(options.sources()),
                new Messages(options.sources()),
                new FrameClasses(new ClassDefiner(instrumentation)));
    }

    /** Returns the compiled class; null if the class stays as it is. */
    byte @Nullable [] compile(Loading loading, byte[] bytes) {
        try {
            Compiled compiled = compiler.compile(bytes, suppressions);
            List<String> errors = print(compiled.diagnostics(), loading.loaded() != null);
            if (!errors.isEmpty()) {
                LoaderRuntime.refuse(loading, errors);
                return null;
            }
            return loading.loaded() == null
                    ? load(loading, compiled.classes())
                    : redefine(loading, loading.loaded(), bytes, compiled.classes());
        } catch (Throwable failure) { // whatever it is, the JVM would not show it
            refuse(loading, "cannot be compiled: " + failure);
            return null;
        }
    }

    /** Prints the problems, and returns the lines of those that forbid the compilation. */
    private List<String> print(List<Diagnostic> diagnostics, boolean isChange) {
        List<String> errors = new ArrayList<>(0);
        for (Diagnostic diagnostic : diagnostics) {
            boolean isError = diagnostic.severity() == Severity.ERROR;
            String line =
                    isError && isChange
                            ? messages.printAgain(diagnostic)
                            : messages.print(diagnostic);
            if (isError) {
                errors.add(line);
            }
        }
        return errors;
    }

    private byte @Nullable [] load(Loading loading, List<ClassFile> classes) {
        if (classes.isEmpty() || !canRun(loading)) {
            return null;
        }
        byte[] main = classes.get(0).bytes();
        List<ClassFile> frameClasses = classes.subList(1, classes.size());
        Map<String, Long> prints = Fingerprints.of(main, frameClasses);
        for (ClassFile frame : frameClasses) {
            long print = prints.getOrDefault(frame.name(), 0L);
            if (!frames.defineFirst(loading, frame, print)) {
                refuse(
                        loading,
                        "needs the class "
                                + frame.name().replace('/', '.')
                                + ", and its class loader has another class of this name: delete"
                                + " or rename that class");
                return null;
            }
        }
        return main;
    }

    private byte @Nullable [] redefine(
            Loading loading, Class<?> loaded, byte[] bytes, List<ClassFile> classes) {
        byte[] main = classes.isEmpty() ? bytes : classes.get(0).bytes();
        List<ClassFile> frameClasses =
                classes.isEmpty() ? classes : classes.subList(1, classes.size());
        HotSwap swap = new HotSwap(loaded, main, frameClasses, frames.generations(loading));
        String complaint = swap.complaint();
        if (complaint != null) {
            messages.again(
                    loading.className()
                            + " cannot be changed while the program runs: "
                            + complaint
                            + ". The JVM changes the code of methods only: restart the program.");
            return null;
        }
        for (ClassFile frame : swap.newFrames()) {
            frames.defineAgain(loading, frame);
        }
        frames.setGenerations(loading, swap.generations());
        return classes.isEmpty() ? null : swap.main();
    }

    /** Returns whether the class can run as a compiled class, and prints a message if not. */
    private boolean canRun(Loading loading) {
        String problem = LoaderRuntime.problem(loading.loader());
        if (problem != null) {
            refuse(loading, problem);
        }
        return problem == null;
    }

    private void refuse(Loading loading, String problem) {
        String message = loading.className() + " " + problem;
        messages.error(message);
        LoaderRuntime.refuse(loading, List.of(message));
    }
}
