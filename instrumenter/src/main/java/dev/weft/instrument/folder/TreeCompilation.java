package dev.weft.instrument.folder;

import dev.weft.instrument.AsyncCompiler;
import dev.weft.instrument.ClassFile;
import dev.weft.instrument.Compiled;
import dev.weft.instrument.Diagnostic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One run over a tree of class files: reads every file once, has each class compiled, and collects
 * what would have to change. It writes nothing, so a run that ends in errors has changed nothing.
 *
 * <p>A frame class is stale when the class that it belongs to is gone, or does not name it among
 * its constants. That one rule covers a class that was removed, one that javac has just written
 * anew with fewer async methods, and one with none left. Neighbours are looked up by their folder,
 * so that each version of a multi-release tree is a world of its own.
 */
public final class TreeCompilation {

    private static final Comparator<Diagnostic> AS_IN_THE_SOURCE =
            Comparator.comparing(Diagnostic::file).thenComparingInt(Diagnostic::line);

    private final ClassCompiler compiler;

    /** Every class file that mentions Weft, as it will be after the run. */
    private final Map<Path, byte[]> ours = new LinkedHashMap<>();

    private final Map<Path, String> ownersOfFrames = new LinkedHashMap<>();
    private final List<Changes.Write> frames = new ArrayList<>();
    private final List<Changes.Write> owners = new ArrayList<>();
    private final List<Diagnostic> diagnostics = new ArrayList<>();
    private int bodies;

    private TreeCompilation(ClassCompiler compiler) {
        this.compiler = compiler;
    }

    /**
     * Compiles a class tree in memory.
     *
     * @throws IOException when a file cannot be read
     */
    public static Outcome of(Path tree, AsyncCompiler compiler) throws IOException {
        return of(tree, ClassCompiler.of(compiler));
    }

    /**
     * Compiles a class tree in memory.
     *
     * @throws IOException when a file cannot be read
     * @throws IllegalStateException when the compiler breaks down; the message names the file
     */
    static Outcome of(Path tree, ClassCompiler compiler) throws IOException {
        TreeCompilation run = new TreeCompilation(compiler);
        for (Path file : ClassFiles.below(tree)) {
            byte[] bytes = Files.readAllBytes(file);
            if (ClassFiles.mentionsWeft(bytes)) {
                run.ours.put(file, bytes);
            }
        }
        return run.outcome();
    }

    private Outcome outcome() {
        List<Map.Entry<Path, byte[]>> sources = new ArrayList<>();
        for (Map.Entry<Path, byte[]> file : ours.entrySet()) {
            String owner = compiler.frameOwner(file.getValue());
            if (owner == null) {
                sources.add(Map.entry(file.getKey(), file.getValue()));
            } else {
                ownersOfFrames.put(file.getKey(), owner);
            }
        }
        // On all cores: each class is compiled for itself. The order of what comes of it stays.
        sources.parallelStream()
                .map(file -> Map.entry(file.getKey(), compiled(file.getKey(), file.getValue())))
                .toList()
                .forEach(file -> take(file.getKey(), file.getValue()));
        List<Changes.Write> writes = Stream.concat(frames.stream(), owners.stream()).toList();
        List<Path> stale =
                ownersOfFrames.entrySet().stream()
                        .filter(frame -> isStale(frame.getKey(), frame.getValue()))
                        .map(Map.Entry::getKey)
                        .toList();
        diagnostics.sort(AS_IN_THE_SOURCE);
        return new Outcome(
                new Changes(writes, stale), List.copyOf(diagnostics), owners.size(), bodies);
    }

    private void take(Path file, Compiled compiled) {
        for (Diagnostic diagnostic : compiled.diagnostics()) {
            boolean nameless = diagnostic.file().isEmpty() && diagnostic.className().isEmpty();
            diagnostics.add(nameless ? about(file, diagnostic) : diagnostic);
        }
        List<ClassFile> classes = compiled.classes();
        if (classes.isEmpty()) {
            return;
        }
        set(file, classes.get(0).bytes(), owners);
        for (ClassFile frame : classes.subList(1, classes.size())) {
            set(ClassFiles.sibling(file, frame.name()), frame.bytes(), frames);
        }
        bodies += classes.size() - 1;
    }

    /** The compiler could not read the class: the class file stands for it. */
    private static Diagnostic about(Path file, Diagnostic said) {
        return new Diagnostic(
                said.severity(), file.toString(), 0, "", said.method(), said.message());
    }

    private Compiled compiled(Path file, byte[] bytes) {
        try {
            return compiler.compile(bytes);
        } catch (RuntimeException e) {
            throw new IllegalStateException("Weft broke down on " + file + ": " + e, e);
        }
    }

    private void set(Path file, byte[] bytes, List<Changes.Write> writes) {
        byte[] before = ours.put(file, bytes);
        if (!Arrays.equals(before, bytes)) {
            writes.add(new Changes.Write(file, bytes));
        }
    }

    private boolean isStale(Path frame, String owner) {
        byte[] bytes = ours.get(ClassFiles.sibling(frame, owner));
        return bytes == null || !ClassFiles.names(bytes, ClassFiles.internalName(frame, owner));
    }
}
