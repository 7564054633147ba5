package dev.weft.instrument;

import org.jspecify.annotations.Nullable;

/**
 * A problem for the user: what is wrong, where, why, and how to fix it.
 *
 * @param lint null for a refusal
 * @param file the source file as a path, {@code com/acme/Prices.java}; empty if the class file does
 *     not name it
 * @param line 0 if the class file has no line numbers
 * @param className with dots, {@code com.acme.Prices}
 * @param method the name; empty if the class as a whole is meant
 */
public record Diagnostic(
        Severity severity,
        @Nullable Lint lint,
        String file,
        int line,
        String className,
        String method,
        String message) {}
