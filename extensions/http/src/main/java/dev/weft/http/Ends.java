package dev.weft.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;

/** Operations of channels whose results nobody needs: a failure shows in the end of the channel. */
final class Ends {
    private Ends() {}

    static void close(Channel channel) {
        var unused = channel.close();
    }

    /** Closes when all that is written has been sent. */
    static void closeAfterOutput(Channel channel) {
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    /** Ends the output: with a message of TLS, or with the end of the connection's output. */
    static void endOutput(Channel channel) {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls != null) {
            var unused = tls.closeOutbound();
        } else if (channel instanceof DuplexChannel duplex) {
            var unused = duplex.shutdownOutput();
        }
    }

    static void write(Channel channel, Object message) {
        var unused = channel.write(message, channel.voidPromise());
    }

    static void writeAndFlush(Channel channel, Object message) {
        var unused = channel.writeAndFlush(message);
    }
}
