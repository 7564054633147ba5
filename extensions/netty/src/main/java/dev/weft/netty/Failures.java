package dev.weft.netty;

import dev.weft.net.ConnectionResetException;
import dev.weft.net.StreamClosedException;
import io.netty.handler.codec.CodecException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;

/** The exceptions of channels as those of streams. */
final class Failures {
    private Failures() {}

    /** Tells a connection that is gone from other failures; the texts are those of the systems. */
    static IOException translated(Throwable failure) {
        if (failure instanceof CodecException && failure.getCause() instanceof IOException inner) {
            return inner; // of TLS
        }
        if (failure instanceof ClosedChannelException
                && !(failure instanceof StreamClosedException)) {
            return new StreamClosedException("the connection is closed");
        }
        if (failure instanceof IOException known) {
            return ConnectionResetException.translated(known);
        }
        return new IOException("a handler of the pipeline has failed: " + failure, failure);
    }
}
