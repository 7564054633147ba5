package dev.weft.netty;

import dev.weft.net.TruncatedStreamException;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** The parts of connections that differ if the pipeline has an {@link SslHandler}. */
final class Tls {
    private Tls() {}

    static boolean isShakingHands(Channel channel) {
        SslHandler handler = channel.pipeline().get(SslHandler.class);
        return handler != null && !handler.handshakeFuture().isDone();
    }

    /** Returns the session, which says so if the handshake goes on; null without TLS. */
    static @Nullable SSLSession session(Channel channel) {
        SslHandler handler = channel.pipeline().get(SslHandler.class);
        return handler == null ? null : handler.engine().getSession();
    }

    /** Returns the protocol that ALPN has chosen; an empty text if none was chosen. */
    static String protocol(Channel channel) {
        SslHandler handler = channel.pipeline().get(SslHandler.class);
        String protocol = handler == null ? null : handler.applicationProtocol();
        return protocol == null ? "" : protocol;
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
