package dev.weft.net;

import java.io.EOFException;

/** Thrown when a stream ends before a read has what it looks for. */
public final class EndOfStreamException extends EOFException {
    private static final long serialVersionUID = 1;

    private final byte[] partial;

    /** Creates an exception for a read that received only {@code partial}. */
    public EndOfStreamException(String message, byte[] partial) {
        super(message);
        this.partial = partial;
    }

    /** Returns the bytes before the end. The stream does not return them again. */
    public byte[] partial() {
        return partial.clone();
    }
}
