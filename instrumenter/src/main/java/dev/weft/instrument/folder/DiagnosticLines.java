package dev.weft.instrument.folder;

import dev.weft.instrument.Diagnostic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Diagnostics in the form of the compiler plugin, {@code /path/File.java:[line,column] message},
 * which IDEs and CI servers read. A class file knows no columns, so the column is always 1.
 *
 * @param sourceRoots where the sources of the classes are looked for, in this order
 */
public record DiagnosticLines(List<Path> sourceRoots) {

    /** Returns the line for a diagnostic; class and method replace a line that is not known. */
    public String of(Diagnostic diagnostic) {
        String className = diagnostic.className().replace('/', '.');
        String file = sourceFile(diagnostic.file(), className);
        if (diagnostic.line() > 0 && !file.isEmpty()) {
            return file + ":[" + diagnostic.line() + ",1] " + diagnostic.message();
        }
        String place =
                diagnostic.method().isEmpty() ? className : className + "." + diagnostic.method();
        return named(file) + named(place) + diagnostic.message();
    }

    private static String named(String what) {
        return what.isEmpty() ? "" : what + ": ";
    }

    /** The absolute path if the source is there, else what the class file says, which may be "". */
    private String sourceFile(String file, String className) {
        Path found = find(file.isEmpty() ? guess(className) : file);
        return found == null ? file : found.toString();
    }

    private @Nullable Path find(String file) {
        return sourceRoots.stream()
                .map(root -> root.resolve(file).toAbsolutePath())
                .filter(Files::isRegularFile)
                .findFirst()
                .orElse(null);
    }

    /** Where a class without the attribute SourceFile usually comes from. */
    private static String guess(String className) {
        int nested = className.indexOf('$', className.lastIndexOf('.') + 2);
        String topLevel = nested < 0 ? className : className.substring(0, nested);
        return topLevel.replace('.', '/') + ".java";
    }
}
