package dev.weft.instrument;

import java.util.List;

/**
 * The result for one class file.
 *
 * @param classes the compiled class, then its frame classes; empty if the input stays unchanged,
 *     because there is nothing to compile or because there is an error
 * @param diagnostics in the order of the methods; refusals before warnings
 */
public record Compiled(List<ClassFile> classes, List<Diagnostic> diagnostics) {
    public Compiled {
        classes = List.copyOf(classes);
        diagnostics = List.copyOf(diagnostics);
    }
}
