package dev.weft.cli.compile;

import dev.weft.cli.text.JavacForm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The source files of the compiled classes, for messages.
 *
 * @param roots the folders to search, in this order
 */
public record Sources(List<Path> roots) {

    /** Finds a source file as a class file names it, {@code com/acme/Prices.java}. */
    public JavacForm.Source find(String file) {
        for (Path root : roots) {
            Path path = root.resolve(file);
            if (!file.isEmpty() && Files.isRegularFile(path)) {
                return read(path);
            }
        }
        return new JavacForm.Source(file, List.of());
    }

    private static JavacForm.Source read(Path path) {
        try {
            return new JavacForm.Source(
                    path.toString(), Files.readAllLines(path, StandardCharsets.UTF_8));
        } catch (IOException notShown) {
            return new JavacForm.Source(path.toString(), List.of());
        }
    }
}
