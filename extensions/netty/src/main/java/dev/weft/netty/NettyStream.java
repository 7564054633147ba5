package dev.weft.netty;

import dev.weft.EventLoop;
import dev.weft.net.ByteStream;
import dev.weft.net.StreamClosedException;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * The bytes at the end of a pipeline. The channel reads on demand only: what was not asked for
 * stays in the buffer of the system. Netty gets at most {@link #OUTPUT_LIMIT} bytes that the system
 * has not taken.
 */
final class NettyStream extends ByteStream {
    private static final int OUTPUT_LIMIT = 65_536;

    private final Channel channel;
    private final StreamInput input;
    private final StreamOutput output;
    private @Nullable SocketAddress local;
    private @Nullable SocketAddress remote;

    /** Creates a stream of a channel that reads nothing before it is asked to. */
    NettyStream(EventLoop loop, Channel channel) {
        super(loop);
        this.channel = channel;
        this.input = new StreamInput(this, channel);
        this.output = new StreamOutput(this, channel, OUTPUT_LIMIT);
        channel.config().setAutoRead(false);
        channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        channel.pipeline().addLast(input);
    }

    /** Creates a stream of a user's channel. */
    static NettyStream at(Channel channel, EventLoop loop) {
        Checks.belongsToThread(channel);
        return new NettyStream(loop, channel);
    }

    // ---- for the input and the output

    void readable() {
        inputReady();
    }

    void writable() {
        outputReady();
    }

    /** Records that the connection is gone: a write fails as the read does. */
    void failed(IOException failure) {
        output.fail(failure);
    }

    /** Records that the channel is closed, by the other side or by a handler. */
    void inactive() {
        output.fail(new StreamClosedException("the connection is closed"));
    }

    // ---- ByteStream

    @Override
    protected int tryRead(ByteBuffer into) throws IOException {
        return input.tryRead(into);
    }

    @Override
    protected void tryWrite(ByteBuffer[] buffers, int first) throws IOException {
        output.tryWrite(buffers, first);
    }

    @Override
    protected boolean tryFlush() throws IOException {
        return output.tryFlush();
    }

    @Override
    protected boolean tryCloseOutput() throws IOException {
        return output.tryClose();
    }

    @Override
    protected void watchInput(boolean on) {
        input.watch(on);
    }

    @Override
    protected void watchOutput(boolean on) {
        output.watch(on);
        if (on) {
            input.readHandshake();
        }
    }

    @Override
    protected void release(boolean resets) {
        input.release();
        if (resets) {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
        }
        Unawaited.close(channel);
    }

    // ---- properties

    @Override
    protected @Nullable SSLSession tlsSession() {
        return Tls.session(channel);
    }

    @Override
    protected String tlsProtocol() {
        return Tls.protocol(channel);
    }

    @Override
    public @Nullable SocketAddress local() {
        if (local == null) {
            local = Addresses.fromNetty(channel.localAddress());
        }
        return local;
    }

    @Override
    public @Nullable SocketAddress remote() {
        if (remote == null) {
            remote = Addresses.fromNetty(channel.remoteAddress());
        }
        return remote;
    }

    @Override
    public <T> ByteStream option(SocketOption<T> name, T value) throws IOException {
        if (!channel.config().setOption(SocketOptions.toNetty(name), value)) {
            throw new UnsupportedOperationException("this stream has no option " + name);
        }
        return this;
    }

    @Override
    public <T> @Nullable T option(SocketOption<T> name) throws IOException {
        return channel.config().getOption(SocketOptions.toNetty(name));
    }

    // ---- the parts that work on buffers

    /** Moves bytes from {@code from} to {@code into}, as many as fit. Returns their number. */
    static int move(ByteBuf from, ByteBuffer into) {
        int limit = into.limit();
        int count = Math.min(from.readableBytes(), into.remaining());
        into.limit(into.position() + count);
        from.readBytes(into);
        into.limit(limit);
        return count;
    }
}
