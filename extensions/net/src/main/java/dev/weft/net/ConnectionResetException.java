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

    /**
     * Returns a failure of the system for implementations of {@link Network}: as a {@code
     * ConnectionResetException} if the text of the system says that the other side is gone,
     * otherwise as it is.
     */
    public static IOException translated(IOException failure) {
        String text = String.valueOf(failure.getMessage());
        boolean isGone =
                text.contains("reset")
                        || text.contains("Broken pipe")
                        || text.contains("forcibly closed")
                        || text.contains("was aborted");
        return isGone ? new ConnectionResetException(failure.getMessage(), failure) : failure;
    }
}
