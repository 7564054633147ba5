package dev.weft.net;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** A connection by TCP or by a Unix socket, on a {@link SelectorNetwork}. */
final class SocketStream extends ByteStream implements SelectorNetwork.Watched {
    /**
     * The largest part of a buffer on the heap for one system call. The JDK copies that part into
     * direct memory, of which it keeps as much for each thread.
     */
    private static final int HEAP_PART = 131_072;

    /** The largest number of buffers for one system call: IOV_MAX of Linux. */
    private static final int MOST_BUFFERS = 1_024;

    private final SelectorNetwork network;
    private final SocketChannel channel;
    private final SelectionKey key;
    private final SocketAddress local;
    private final SocketAddress remote;

    /**
     * False if the last read has emptied the buffer of the system. Then another read would be a
     * system call for nothing: the selector says when more has come.
     */
    private boolean mayHaveInput = true;

    /** Creates a stream of a connected channel that does not block. */
    private SocketStream(SelectorNetwork network, SocketChannel channel, SelectionKey key)
            throws IOException {
        super(network.loop());
        this.network = network;
        this.channel = channel;
        this.key = key;
        this.local = channel.getLocalAddress();
        this.remote = channel.getRemoteAddress();
    }

    /** Creates a stream of a connected channel, and closes the channel if that fails. */
    static SocketStream of(SelectorNetwork network, SocketChannel channel) throws IOException {
        try {
            SelectionKey key = network.register(channel, 0, (ignored, ready) -> {});
            SocketStream stream = new SocketStream(network, channel, key);
            key.attach(stream);
            if (!(stream.local instanceof UnixDomainSocketAddress)) {
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            }
            return stream;
        } catch (Throwable failure) {
            network.close(channel);
            throw failure;
        }
    }

    @Override
    protected int tryRead(ByteBuffer into) throws IOException {
        if (!mayHaveInput) {
            return 0;
        }
        int limit = into.limit();
        if (!into.isDirect() && into.remaining() > HEAP_PART) {
            into.limit(into.position() + HEAP_PART);
        }
        int room = into.remaining();
        try {
            int count = channel.read(into);
            if (count >= 0 && count < room) {
                mayHaveInput = false;
            }
            return count;
        } catch (IOException e) {
            throw ConnectionResetException.translated(e);
        } finally {
            into.limit(limit);
        }
    }

    @Override
    protected void tryWrite(ByteBuffer[] buffers, int first) throws IOException {
        try {
            int count = together(buffers, first);
            if (count > 1) {
                channel.write(buffers, first, count);
            } else {
                write(buffers[first]);
            }
        } catch (IOException e) {
            throw ConnectionResetException.translated(e);
        }
    }

    /** Returns the number of buffers that one system call may take. */
    private static int together(ByteBuffer[] buffers, int first) {
        int heap = 0;
        int most = Math.min(buffers.length - first, MOST_BUFFERS);
        for (int count = 0; count < most; count++) {
            ByteBuffer bytes = buffers[first + count];
            heap += bytes.isDirect() ? 0 : Math.min(bytes.remaining(), HEAP_PART + 1);
            if (heap > HEAP_PART) {
                return count;
            }
        }
        return most;
    }

    private void write(ByteBuffer bytes) throws IOException {
        int limit = bytes.limit();
        if (!bytes.isDirect() && bytes.remaining() > HEAP_PART) {
            bytes.limit(bytes.position() + HEAP_PART);
        }
        try {
            channel.write(bytes);
        } finally {
            bytes.limit(limit);
        }
    }

    @Override
    protected boolean tryCloseOutput() throws IOException {
        try {
            channel.shutdownOutput();
        } catch (IOException e) {
            throw ConnectionResetException.translated(e);
        }
        return true;
    }

    @Override
    Budget budget() {
        return network.budget();
    }

    // ---- readiness

    @Override
    protected void watchInput(boolean on) {
        watch(on, SelectionKey.OP_READ);
    }

    @Override
    protected void watchOutput(boolean on) {
        watch(on, SelectionKey.OP_WRITE);
    }

    private void watch(boolean on, int interest) {
        if (on) {
            network.await(key, interest);
        } else {
            network.awaitEnded();
        }
    }

    @Override
    public void ready(SelectionKey key, int ready) {
        if ((ready & SelectionKey.OP_READ) != 0) {
            mayHaveInput = true;
            if (!inputReady()) {
                SelectorNetwork.drop(key, SelectionKey.OP_READ);
            }
        }
        if ((ready & SelectionKey.OP_WRITE) != 0 && !outputReady()) {
            SelectorNetwork.drop(key, SelectionKey.OP_WRITE);
        }
    }

    // ---- the end

    @Override
    protected void release(boolean resets) {
        if (resets && !(local instanceof UnixDomainSocketAddress)) {
            try {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            } catch (IOException gone) {
                // there is no connection to reset any more
            }
        }
        network.close(channel);
    }

    // ---- properties

    @Override
    public SocketAddress local() {
        return local;
    }

    @Override
    public SocketAddress remote() {
        return remote;
    }

    @Override
    public <T> ByteStream option(SocketOption<T> name, T value) throws IOException {
        checkOpen();
        channel.setOption(name, value);
        return this;
    }

    @Override
    public <T> @Nullable T option(SocketOption<T> name) throws IOException {
        checkOpen();
        return channel.getOption(name);
    }
}
