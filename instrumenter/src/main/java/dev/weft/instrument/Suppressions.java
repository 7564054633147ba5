package dev.weft.instrument;

/**
 * The places where the source silences a lint. Class files do not contain {@code SuppressWarnings},
 * so a tool that has the sources implements this.
 */
@FunctionalInterface
public interface Suppressions {
    /** Silences nothing. */
    Suppressions NONE = (lint, file, line) -> false;

    /**
     * Returns whether a lint is silent at a line.
     *
     * @param file the source file as a path, {@code com/acme/Prices.java}; empty if unknown
     * @param line 0 if unknown
     */
    boolean cover(Lint lint, String file, int line);
}
