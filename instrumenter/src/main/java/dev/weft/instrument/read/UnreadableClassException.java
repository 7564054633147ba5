package dev.weft.instrument.read;

/** Thrown for bytes that are no class file, or one of a version that the reader does not know. */
public final class UnreadableClassException extends Exception {
    private static final long serialVersionUID = 1;

    private final String className;
    private final String reason;

    UnreadableClassException(String className, String reason) {
        super(reason);
        this.className = className;
        this.reason = reason;
    }

    /** Returns the problem and its fix. */
    public String reason() {
        return reason;
    }

    /** Returns the internal name of the class; empty if it cannot be read either. */
    public String className() {
        return className;
    }
}
