package dev.weft.instrument;

/** Whether a {@link Diagnostic} fails the build. */
public enum Severity {
    ERROR,
    WARNING
}
