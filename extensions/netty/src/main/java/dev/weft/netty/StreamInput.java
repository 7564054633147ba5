package dev.weft.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The last handler of a stream's pipeline: keeps what was read. The first wait of the stream lets
 * the channel read by itself, until something comes while the bytes of the read before are not
 * used: a stream that is read again and again changes nothing in what the poller watches, which
 * would cost two system calls for each read.
 */
final class StreamInput extends ChannelInboundHandlerAdapter {
    private final NettyStream stream;
    private final Channel channel;
    private final Deque<ByteBuf> arrived = new ArrayDeque<>();

    /** The failure of the connection, thrown by a read after all bytes. */
    private @Nullable IOException failure;

    /** True if a read has ended, and its bytes are not used. */
    private boolean isUnused;

    private boolean hasEnded;
    private boolean isReleased;

    StreamInput(NettyStream stream, Channel channel) {
        this.stream = stream;
        this.channel = channel;
    }

    // ---- for the stream

    int tryRead(ByteBuffer into) throws IOException {
        int count = 0;
        for (ByteBuf first = arrived.peek();
                first != null && into.hasRemaining();
                first = arrived.peek()) {
            count += NettyStream.move(first, into);
            if (!first.isReadable()) {
                arrived.remove().release();
            }
        }
        isUnused &= !arrived.isEmpty();
        if (count == 0 && arrived.isEmpty() && failure != null) {
            throw failure;
        }
        return count == 0 && hasEnded ? -1 : count;
    }

    void watch(boolean on) {
        if (on && hasNews()) {
            stream.readable();
        } else if (on) {
            channel.config().setAutoRead(true);
        }
    }

    private boolean hasNews() {
        return !arrived.isEmpty() || hasEnded || failure != null;
    }

    /** Releases what has arrived, and from now on what will. */
    void release() {
        isReleased = true;
        arrived.forEach(ByteBuf::release);
        arrived.clear();
    }

    private void end(@Nullable IOException reason) {
        if (!hasEnded && failure == null) {
            failure = reason;
            hasEnded = reason == null;
        }
        stream.readable();
    }

    // ---- the handler

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        readHandshake();
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        readHandshake();
        context.fireChannelActive();
    }

    /**
     * Reads if a handshake of TLS goes on, which must not depend on the program's reads: a server
     * may write first.
     */
    void readHandshake() {
        if (channel.isActive() && Tls.isShakingHands(channel)) {
            channel.read();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!(message instanceof ByteBuf bytes)) {
            context.fireChannelRead(message);
        } else if (isReleased || !bytes.isReadable()) {
            bytes.release();
        } else {
            arrived.add(bytes);
            stream.readable();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (isUnused) {
            channel.config().setAutoRead(false);
        }
        isUnused = !arrived.isEmpty();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslCloseCompletionEvent closed) {
            end(closed.isSuccess() ? null : Tls.cutOff());
        } else if (event instanceof SslHandshakeCompletionEvent handshake
                && !handshake.isSuccess()) {
            exceptionCaught(context, handshake.cause());
        } else if (event == ChannelInputShutdownEvent.INSTANCE) {
            end(Tls.cutOff(channel));
        }
        context.fireUserEventTriggered(event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        IOException translated = Failures.translated(cause);
        stream.failed(translated);
        end(translated);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        stream.inactive();
        end(null);
        context.fireChannelInactive();
    }
}
