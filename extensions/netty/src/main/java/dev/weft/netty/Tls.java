package dev.weft.netty;

import dev.weft.net.TruncatedStreamException;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The ends of connections, which differ if the pipeline has an {@link SslHandler}. */
final class Tls {
    private Tls() {}

    static boolean isShakingHands(Channel channel) {
        SslHandler handler = channel.pipeline().get(SslHandler.class);
        return handler != null && !handler.handshakeFuture().isDone();
    }

    /**
     * Returns the reason if the input of the connection has ended and that of TLS has not; null for
     * a regular end.
     */
    static @Nullable IOException cutOff(Channel channel) {
        SslHandler handler = channel.pipeline().get(SslHandler.class);
        return handler == null || handler.sslCloseFuture().isSuccess() ? null : cutOff();
    }

    static IOException cutOff() {
        return new TruncatedStreamException(
                "the connection has ended without the close_notify of TLS: bytes may be missing");
    }

    /** Ends the output: with a message of TLS, or with the end of the connection's output. */
    static ChannelFuture endOutput(Channel channel) {
        SslHandler handler = channel.pipeline().get(SslHandler.class);
        if (handler != null) {
            return handler.closeOutbound();
        }
        if (channel instanceof DuplexChannel duplex) {
            return duplex.shutdownOutput();
        }
        return channel.newFailedFuture(
                new UnsupportedOperationException(
                        channel.getClass().getName() + " cannot end its output alone"));
    }
}
