package dev.weft.net;

import java.io.IOException;

/** Thrown when more bytes have come than the caller wants to hold in memory. */
public final class LimitExceededException extends IOException {
    private static final long serialVersionUID = 1;

    private final byte[] partial;

    /** Creates an exception with the bytes that have come. */
    public LimitExceededException(String message, byte[] partial) {
        super(message);
        this.partial = partial;
    }

    /**
     * Returns the bytes that have come, up to the limit. If a read of a stream has thrown this, the
     * stream returns them again.
     */
    public byte[] partial() {
        return partial.clone();
    }
}
