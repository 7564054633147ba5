package dev.weft.instrument.folder;

import dev.weft.instrument.ClassFile;
import dev.weft.instrument.Compiled;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A class file of the tree and the compiler's answers about it. */
final class TreeClass {

    private static final Compiled UNTOUCHED = new Compiled(List.of(), List.of());
    private static final byte[] NOT_KEPT = {};

    private final Path file;
    private final @Nullable String frameOwner;
    private final Compiled compiled;
    private final Set<String> frames;

    /** The content of a frame class, which a run may find unchanged; empty for other classes. */
    private final byte[] content;

    /** The class file that was compiled just now; empty if none was, or if it was kept before. */
    private final byte[] original;

    private final boolean outdated;

    private TreeClass(Path file, byte[] bytes, ClassCompiler compiler, Originals originals)
            throws IOException {
        boolean concerned = compiler.concerns(bytes);
        this.file = file;
        this.frameOwner = concerned ? compiler.frameOwner(bytes) : null;
        boolean isSource = concerned && frameOwner == null;
        boolean current = !isSource || originals.folder() == null || compiler.isCurrent(bytes);
        if (current) {
            this.compiled = isSource ? compiler.compile(bytes) : UNTOUCHED;
        } else {
            byte[] kept = originals.read(file);
            this.compiled = kept == null ? UNTOUCHED : compiler.recompile(bytes, kept);
        }
        this.original = current && !compiled.classes().isEmpty() ? bytes : NOT_KEPT;
        this.outdated =
                !current && compiled.classes().isEmpty() && compiled.diagnostics().isEmpty();
        this.content = frameOwner == null ? NOT_KEPT : bytes;
        this.frames = new LinkedHashSet<>();
        if (!compiled.classes().isEmpty()) {
            for (ClassFile frame : newFrames()) {
                frames.add(frame.name());
            }
        } else if (isSource) {
            frames.addAll(compiler.frameClasses(bytes));
        }
    }

    /**
     * Reads the file and compiles it in memory.
     *
     * @throws UncheckedIOException when the file cannot be read
     * @throws IllegalStateException when the compiler breaks down; the message names the file
     */
    static TreeClass read(Path file, ClassCompiler compiler, Originals originals) {
        try {
            return new TreeClass(file, Files.readAllBytes(file), compiler, originals);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            throw new IllegalStateException("Weft broke down on " + file + ": " + e, e);
        }
    }

    Path file() {
        return file;
    }

    Compiled compiled() {
        return compiled;
    }

    /** Returns the frame classes of a class that was compiled just now. */
    List<ClassFile> newFrames() {
        return compiled.classes().subList(1, compiled.classes().size());
    }

    /** Returns the names of the frame classes that the class needs after the run. */
    Set<String> frames() {
        return frames;
    }

    /** Returns the internal name of the class that this frame class belongs to; null for others. */
    @Nullable String frameOwner() {
        return frameOwner;
    }

    /** Returns the class file that the compiled class was made from; empty for other classes. */
    byte[] original() {
        return original;
    }

    /** Returns whether the class was compiled with other options, and cannot be compiled again. */
    boolean isOutdated() {
        return outdated;
    }

    boolean hasContent(byte[] bytes) {
        return Arrays.equals(content, bytes);
    }
}
