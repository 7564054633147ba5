package dev.weft.instrument.folder;

import dev.weft.instrument.AsyncCompiler;
import dev.weft.instrument.ClassFile;
import dev.weft.instrument.Diagnostic;
import dev.weft.instrument.Severity;
import dev.weft.instrument.Suppressions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One run over a tree of class files: reads every file once, compiles each class in memory, and
 * collects the changes. A run writes no file, so a run that ends in errors has changed nothing.
 *
 * <p>A run uses all cores, because no class depends on another. The number of cores changes neither
 * the result nor its order. In memory are the new class files and, for each core, one class in the
 * making.
 *
 * <p>A frame class is stale if its owner is gone or does not need the frame class. This covers an
 * owner that was removed, and one that javac has written again with fewer async methods or none.
 * Classes find each other by their folder, so each version of a multi-release tree is separate.
 */
public final class TreeCompilation {

    private static final Comparator<Diagnostic> AS_IN_THE_SOURCE =
            Comparator.comparing(Diagnostic::file).thenComparingInt(Diagnostic::line);

    private final Map<Path, TreeClass> classes = new LinkedHashMap<>();
    private final Originals originals;
    private final List<Changes.Write> kept = new ArrayList<>();
    private final List<Changes.Write> frames = new ArrayList<>();
    private final List<Changes.Write> owners = new ArrayList<>();
    private final List<Diagnostic> diagnostics = new ArrayList<>();
    private int bodies;

    private TreeCompilation(Originals originals) {
        this.originals = originals;
    }

    /**
     * Compiles a class tree in memory.
     *
     * @throws IOException when a file cannot be read, or when the thread is interrupted
     */
    public static Outcome of(Path tree, AsyncCompiler compiler, Suppressions suppressions)
            throws IOException {
        return of(tree, ClassCompiler.of(compiler, suppressions));
    }

    /**
     * Compiles a class tree in memory, as {@link #of(Path, AsyncCompiler, Suppressions)}. Classes
     * that were compiled with other options are compiled again.
     *
     * @param kept the folder with the class files that earlier runs have compiled, outside of the
     *     tree; publication adds those of this run
     */
    public static Outcome of(
            Path tree, AsyncCompiler compiler, Suppressions suppressions, Path kept)
            throws IOException {
        return of(tree, ClassCompiler.of(compiler, suppressions), new Originals(tree, kept));
    }

    static Outcome of(Path tree, ClassCompiler compiler) throws IOException {
        return of(tree, compiler, new Originals(tree, null));
    }

    static Outcome of(Path tree, ClassCompiler compiler, Originals originals) throws IOException {
        return of(tree, compiler, originals, Runtime.getRuntime().availableProcessors());
    }

    static Outcome of(Path tree, ClassCompiler compiler, int threads) throws IOException {
        return of(tree, compiler, new Originals(tree, null), threads);
    }

    private static Outcome of(Path tree, ClassCompiler compiler, Originals originals, int threads)
            throws IOException {
        TreeCompilation run = new TreeCompilation(originals);
        List<Path> files = ClassFiles.below(tree);
        try {
            for (TreeClass read :
                    ParallelWork.map(
                            files, threads, file -> TreeClass.read(file, compiler, originals))) {
                run.classes.put(read.file(), read);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return run.outcome();
    }

    private Outcome outcome() throws IOException {
        for (TreeClass each : classes.values()) {
            take(each);
        }
        List<Path> stale =
                classes.values().stream().filter(this::isStale).map(TreeClass::file).toList();
        warnOfOutdated();
        diagnostics.sort(AS_IN_THE_SOURCE);
        List<Changes.Write> writes = Stream.concat(frames.stream(), owners.stream()).toList();
        return new Outcome(
                new Changes(writes, stale, List.copyOf(kept), originals.unused()),
                List.copyOf(diagnostics),
                owners.size(),
                bodies);
    }

    private void take(TreeClass each) {
        for (Diagnostic diagnostic : each.compiled().diagnostics()) {
            boolean nameless = diagnostic.file().isEmpty() && diagnostic.className().isEmpty();
            diagnostics.add(nameless ? about(each.file(), diagnostic.message()) : diagnostic);
        }
        List<ClassFile> compiled = each.compiled().classes();
        if (compiled.isEmpty()) {
            checkFrames(each);
            return;
        }
        Path original = originals.of(each.file());
        if (original != null && each.original().length > 0) {
            kept.add(new Changes.Write(original, each.original()));
        }
        owners.add(new Changes.Write(each.file(), compiled.get(0).bytes()));
        for (ClassFile frame : each.newFrames()) {
            addFrame(each, frame);
            bodies++;
        }
    }

    /** Warns once of classes that keep other options. */
    private void warnOfOutdated() {
        List<Path> outdated =
                classes.values().stream()
                        .filter(TreeClass::isOutdated)
                        .map(TreeClass::file)
                        .toList();
        if (!outdated.isEmpty()) {
            String others =
                    outdated.size() == 1 ? "" : ", and so were " + (outdated.size() - 1) + " more";
            String message =
                    "the class was compiled with other options of Weft"
                            + others
                            + ", and stays as it is, because its original is not kept: delete the"
                            + " compiled classes and build again (mvn clean)";
            String file = outdated.get(0).toString();
            diagnostics.add(new Diagnostic(Severity.WARNING, null, file, 0, "", "", message));
        }
    }

    /** Reports frame classes that an earlier run has written and that are gone. */
    private void checkFrames(TreeClass each) {
        List<String> missing = new ArrayList<>(0);
        for (String frame : each.frames()) {
            if (!classes.containsKey(ClassFiles.sibling(each.file(), frame))) {
                missing.add(frame.replace('/', '.'));
            }
        }
        if (!missing.isEmpty()) {
            diagnostics.add(
                    about(
                            each.file(),
                            "the class is compiled, but classes that belong to it are missing ("
                                    + String.join(", ", missing)
                                    + "): delete this class file and compile its source again"));
        }
    }

    private void addFrame(TreeClass owner, ClassFile frame) {
        Path file = ClassFiles.sibling(owner.file(), frame.name());
        TreeClass present = classes.get(file);
        if (present == null) {
            frames.add(new Changes.Write(file, frame.bytes()));
        } else if (!owner.compiled().classes().get(0).name().equals(present.frameOwner())) {
            diagnostics.add(
                    about(
                            file,
                            "Weft needs this name for a class of its own, and another class has it:"
                                    + " rename that class"));
        } else if (!present.hasContent(frame.bytes())) {
            frames.add(new Changes.Write(file, frame.bytes()));
        }
    }

    /** Returns an error that concerns a class file as a whole. */
    private static Diagnostic about(Path file, String message) {
        return new Diagnostic(Severity.ERROR, null, file.toString(), 0, "", "", message);
    }

    private boolean isStale(TreeClass frame) {
        @Nullable String owner = frame.frameOwner();
        if (owner == null) {
            return false;
        }
        TreeClass present = classes.get(ClassFiles.sibling(frame.file(), owner));
        return present == null
                || !present.frames().contains(ClassFiles.internalName(frame.file(), owner));
    }
}
