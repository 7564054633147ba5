package dev.weft.net;

import java.nio.channels.ClosedChannelException;

/** Thrown by an operation on a stream, socket or server that was closed on this side. */
public final class StreamClosedException extends ClosedChannelException {
    private static final long serialVersionUID = 1;

    /** The reason, which the superclass cannot hold. */
    private final String message;

    /** Creates an exception whose message says who has closed the stream. */
    public StreamClosedException(String message) {
        this.message = message;
    }

    @Override
    public String getMessage() {
        return message;
    }
}
