package dev.weft.instrument.folder;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
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

    /** Returns the text of a source file; null if it is absent or cannot be read. */
    @Nullable String read(String file) {
        Path source = find(file);
        try {
            // Every byte is a character of this encoding, and the words in question are ASCII.
            return source == null ? null : Files.readString(source, StandardCharsets.ISO_8859_1);
        } catch (IOException unreadable) {
            return null; // the warning is shown
        }
    }
}
