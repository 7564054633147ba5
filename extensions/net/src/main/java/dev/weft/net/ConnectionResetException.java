package dev.weft.net;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Thrown when the other side of a connection is gone without having ended the connection. */
public final class ConnectionResetException extends IOException {
    private static final long serialVersionUID = 1;

    /** Creates an exception with the message of the system. */
    public ConnectionResetException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
