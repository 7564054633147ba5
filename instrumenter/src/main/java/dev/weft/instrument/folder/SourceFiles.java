package dev.weft.instrument.folder;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The source files of a folder of classes.
 *
 * @param roots the folders to search, in this order
 */
record SourceFiles(List<Path> roots) {

    /** Returns the absolute path of a source file, {@code com/acme/Prices.java}; null if absent. */
    @Nullable Path find(String file) {
        return roots.stream()
                .map(root -> root.resolve(file).toAbsolutePath())
                .filter(Files::isRegularFile)
                .findFirst()
                .orElse(null);
    }
}
