package dev.weft.net;

import java.io.IOException;

/**
 * Thrown when a TLS connection ends without {@code close_notify}: its last bytes may be missing.
 */
public final class TruncatedStreamException extends IOException {
    private static final long serialVersionUID = 1;

    /** Creates an exception. */
    public TruncatedStreamException(String message) {
        super(message);
    }
}
