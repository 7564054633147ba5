package dev.weft.instrument.folder;

import dev.weft.instrument.Diagnostic;
import dev.weft.instrument.Lint;
import java.nio.file.Path;
import java.util.List;

/**
 * Diagnostics in the form of the compiler plugin, {@code /path/File.java:[line,column] message},
 * which IDEs and CI servers read. A class file contains no columns, so the column is always 1. The
 * name of a lint follows its message, as {@code @SuppressWarnings} takes it.
 *
 * @param sourceRoots the folders to search for the sources of the classes, in this order
 */
public record DiagnosticLines(List<Path> sourceRoots) {

    /** Returns the line for a diagnostic; class and method replace a line that is not known. */
    public String of(Diagnostic diagnostic) {
        String className = diagnostic.className().replace('/', '.');
        String file = sourceFile(diagnostic.file(), className);
        Lint lint = diagnostic.lint();
        String message =
                diagnostic.message()
                        + (lint == null ? "" : " [" + Lint.PREFIX + lint.label() + "]");
        if (diagnostic.line() > 0 && !file.isEmpty()) {
            return file + ":[" + diagnostic.line() + ",1] " + message;
        }
        String place =
                diagnostic.method().isEmpty() ? className : className + "." + diagnostic.method();
        return prefix(file) + prefix(place) + message;
    }

    private static String prefix(String place) {
        return place.isEmpty() ? "" : place + ": ";
    }

    /** Returns the absolute path if the source exists, else the name in the class file. */
    private String sourceFile(String file, String className) {
        Path found = new SourceFiles(sourceRoots).find(file.isEmpty() ? guess(className) : file);
        return found == null ? file : found.toString();
    }

    /** Returns the usual source of a class without the attribute SourceFile. */
    private static String guess(String className) {
        int nested = className.indexOf('$', className.lastIndexOf('.') + 2);
        String topLevel = nested < 0 ? className : className.substring(0, nested);
        return topLevel.replace('.', '/') + ".java";
    }
}
