package dev.weft.instrument.folder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Finds class files and relates their names to those of classes. */
final class ClassFiles {

    private static final String SUFFIX = ".class";

    private ClassFiles() {}

    /** Returns every class file in the folder, of each multi-release version, in a stable order. */
    static List<Path> below(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(ClassFiles::isClassFile)
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static boolean isClassFile(Path file) {
        Path name = file.getFileName(); // null for the root of a file system, such as that of a jar
        return name != null
                && name.toString().endsWith(SUFFIX)
                && !name.toString().equals("module-info.class");
    }

    /** Returns the file of a class that is in the same package as the one in {@code file}. */
    static Path sibling(Path file, String internalName) {
        return file.resolveSibling(internalName.substring(packageEnd(internalName)) + SUFFIX);
    }

    /**
     * Returns the internal name of the class in {@code file}; its package is that of the sibling.
     */
    static String internalName(Path file, String sibling) {
        String name = file.getFileName().toString();
        return sibling.substring(0, packageEnd(sibling))
                + name.substring(0, name.length() - SUFFIX.length());
    }

    private static int packageEnd(String internalName) {
        return internalName.lastIndexOf('/') + 1;
    }
}
