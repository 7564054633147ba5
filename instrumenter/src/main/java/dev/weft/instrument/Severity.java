package dev.weft.instrument;

/** The severity of a {@link Diagnostic}: an error fails the build. */
public enum Severity {
    ERROR,
    WARNING
}
