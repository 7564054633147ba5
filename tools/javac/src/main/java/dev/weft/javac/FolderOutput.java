package dev.weft.javac;

import dev.weft.instrument.AsyncCompiler;
import dev.weft.instrument.ClassFile;
import dev.weft.instrument.folder.Changes;
import dev.weft.instrument.folder.Publication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A class file in a folder.
 *
 * @param folder that of the package
 * @param frames the frame classes that were in the folder before
 * @param tracker tells the build tool about frame classes
 */
record FolderOutput(String className, Path folder, FolderFrames frames, Tracker tracker)
        implements ClassOutput {

    /** Tells a build tool that a file belongs to the class. */
    @FunctionalInterface
    interface Tracker {
        void wrote(String fileName);
    }

    private String internalName() {
        return className.replace('.', '/');
    }

    private String simpleName() {
        return ClassOutput.simpleName(internalName());
    }

    private Path file(String simpleName) {
        return folder.resolve(simpleName + SUFFIX);
    }

    @Override
    public byte @Nullable [] read() throws IOException {
        Path file = file(simpleName());
        return Files.isRegularFile(file) ? Files.readAllBytes(file) : null;
    }

    @Override
    public boolean isTaken(String frameClass) throws IOException {
        Path file = file(ClassOutput.simpleName(frameClass));
        return Files.exists(file)
                && !internalName().equals(AsyncCompiler.frameOwner(Files.readAllBytes(file)));
    }

    @Override
    public void store(byte[] written, List<ClassFile> compiled) throws IOException {
        Set<String> needed = new TreeSet<>();
        List<Changes.Write> writes = new ArrayList<>();
        if (compiled.isEmpty()) {
            for (String frame : AsyncCompiler.frameClasses(written)) {
                needed.add(ClassOutput.simpleName(frame));
            }
        } else {
            for (ClassFile frame : compiled.subList(1, compiled.size())) {
                String name = ClassOutput.simpleName(frame.name());
                needed.add(name);
                writes.add(new Changes.Write(file(name), frame.bytes()));
            }
            writes.add(new Changes.Write(file(simpleName()), compiled.get(0).bytes()));
        }
        Publication.publishInside(folder, new Changes(writes, stale(needed)));
        for (String name : needed) {
            tracker.wrote(name + SUFFIX);
        }
    }

    @Override
    public void delete() throws IOException {
        Files.deleteIfExists(file(simpleName()));
        for (Path frame : stale(Set.of())) {
            Files.deleteIfExists(frame);
        }
    }

    /** Returns the frame classes of this class that were there before and are not needed. */
    private List<Path> stale(Set<String> needed) throws IOException {
        List<Path> stale = new ArrayList<>();
        for (String name : frames.of(simpleName())) {
            Path file = file(name);
            if (!needed.contains(name)
                    && Files.exists(file)
                    && internalName().equals(AsyncCompiler.frameOwner(Files.readAllBytes(file)))) {
                stale.add(file);
            }
        }
        return stale;
    }
}
