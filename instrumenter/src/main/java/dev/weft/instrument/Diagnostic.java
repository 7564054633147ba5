package dev.weft.instrument;

/**
 * Something to tell whoever builds the class: what, where, why, and the way out.
 *
 * @param file the source file as a path, {@code com/acme/Prices.java}; empty if the class file does
 *     not name it
 * @param line 0 if the class file does not say
 * @param className with dots, {@code com.acme.Prices}
 * @param method the name; empty if the class as a whole is meant
 */
public record Diagnostic(
        Severity severity,
        String file,
        int line,
        String className,
        String method,
        String message) {}
