package dev.weft.net;

import dev.weft.Coroutine;
import dev.weft.Task;
import java.io.IOException;
import java.net.BindException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** A listening socket on a {@link SelectorNetwork}. */
final class SocketListener implements Network.Listener, SelectorNetwork.Watched {
    /** The system lowers it to its own limit. */
    private static final int DEFAULT_BACKLOG = 4_096;

    private final SelectorNetwork network;
    private final ServerSocketChannel channel;
    private final SelectionKey key;
    private final SocketAddress address;

    /** The path that this has made; null for TCP. */
    private final @Nullable UnixPath path;

    private @Nullable Accept waiting;
    private boolean isClosed;

    private SocketListener(SelectorNetwork network, ServerSocketChannel channel)
            throws IOException {
        this.network = network;
        this.channel = channel;
        this.address = channel.getLocalAddress();
        this.path =
                address instanceof UnixDomainSocketAddress unix
                        ? new UnixPath(unix.getPath())
                        : null;
        this.key = network.register(channel, 0, this);
    }

    static SocketListener open(SelectorNetwork network, SocketAddress address, int backlog)
            throws IOException {
        ServerSocketChannel channel =
                address instanceof UnixDomainSocketAddress
                        ? ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                        : ServerSocketChannel.open();
        try {
            if (!(address instanceof UnixDomainSocketAddress)) {
                channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            }
            channel.bind(address, backlog == 0 ? DEFAULT_BACKLOG : backlog);
            return new SocketListener(network, channel);
        } catch (BindException e) {
            network.close(channel);
            BindException obstacle = UnixPath.obstacle(address);
            BindException named =
                    obstacle == null
                            ? new BindException(e.getMessage() + ": " + address)
                            : obstacle;
            named.initCause(e);
            throw named;
        } catch (Throwable failure) {
            network.close(channel);
            throw failure;
        }
    }

    @Override
    public Coroutine<ByteStream> accept() {
        return new Accept(this);
    }

    @Override
    public SocketAddress address() {
        return address;
    }

    @Override
    public void close() {
        if (isClosed) {
            return;
        }
        LoopThread.check(network.loop(), "close");
        isClosed = true;
        network.closeAtOnce(channel);
        if (path != null) {
            path.delete();
        }
        if (waiting != null) {
            waiting.wake();
        }
    }

    @Override
    public void ready(SelectionKey key, int ready) {
        if (waiting == null) {
            SelectorNetwork.drop(key, SelectionKey.OP_ACCEPT);
        } else {
            waiting.wake();
        }
    }

    /** A wait for a connection. */
    private static final class Accept extends Waiting<ByteStream> {
        private final SocketListener listener;

        Accept(SocketListener listener) {
            this.listener = listener;
        }

        @Override
        void enter(Task<?> task) {
            LoopThread.check(listener.network.loop(), task, "the server");
            if (listener.waiting != null) {
                throw listener.waiting.busy(task, "accept", "accepts from this server");
            }
        }

        @Override
        Object attempt(Task<?> task) throws IOException {
            if (listener.isClosed) {
                throw new StreamClosedException("the server is closed");
            }
            SocketChannel accepted = listener.channel.accept();
            return accepted == null ? PENDING : SocketStream.of(listener.network, accepted);
        }

        @Override
        String description() {
            return "connections at " + text(listener.address());
        }

        @Override
        Budget budget() {
            return listener.network.budget();
        }

        @Override
        void occupy() {
            listener.waiting = this;
        }

        @Override
        void leave() {
            listener.waiting = null;
        }

        @Override
        void arm() {
            listener.network.await(listener.key, SelectionKey.OP_ACCEPT);
        }

        @Override
        void disarm() {
            listener.network.awaitEnded();
        }
    }
}
