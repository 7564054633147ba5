package dev.weft.instrument.folder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The class files of the Java compiler, which a folder beside the class tree keeps. From these, a
 * compiled class is compiled again when an option has changed.
 *
 * @param tree the class tree
 * @param folder has the same structure; null to keep nothing
 */
record Originals(Path tree, @Nullable Path folder) {

    private static final String SUFFIX = ".javac";

    /** Returns the place of the original of a class file; null if none is kept. */
    @Nullable Path of(Path classFile) {
        if (folder == null) {
            return null;
        }
        Path relative = tree.relativize(classFile);
        return folder.resolve(relative.resolveSibling(relative.getFileName() + SUFFIX));
    }

    /** Returns the original of a class file; null if there is none. */
    byte @Nullable [] read(Path classFile) throws IOException {
        Path file = of(classFile);
        try {
            return file == null ? null : Files.readAllBytes(file);
        } catch (NoSuchFileException none) {
            return null;
        }
    }

    /** Returns the files whose class file is gone. */
    List<Path> unused() throws IOException {
        if (folder == null || !Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(SUFFIX))
                    .filter(file -> !Files.exists(classFile(folder, file)))
                    .sorted()
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private Path classFile(Path kept, Path file) {
        String name = file.getFileName().toString();
        Path relative = kept.relativize(file);
        String original = name.substring(0, name.length() - SUFFIX.length());
        return tree.resolve(relative.resolveSibling(original));
    }
}
