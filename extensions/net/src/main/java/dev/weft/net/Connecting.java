package dev.weft.net;

import dev.weft.Task;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** The attempt to connect to one address. */
final class Connecting extends Waiting<ByteStream> implements SelectorNetwork.Watched {
    private static final String FULL = "too many connections wait to be accepted, try again later";

    private final SelectorNetwork network;
    private final SocketAddress address;

    /** The channel and its key once the attempt has begun. */
    private @Nullable SocketChannel channel;

    private @Nullable SelectionKey key;

    Connecting(SelectorNetwork network, SocketAddress address) {
        this.network = network;
        this.address = address;
    }

    @Override
    void enter(Task<?> task) {
        if (task.loop() != network.loop()) {
            throw new IllegalStateException("a connection is awaited in the loop that makes it");
        }
    }

    @Override
    String description() {
        return "connection to " + text(address);
    }

    @Override
    Budget budget() {
        return network.budget();
    }

    @Override
    Object attempt(Task<?> task) throws IOException {
        SocketChannel channel = this.channel;
        try {
            if (channel == null) {
                channel = open();
                this.channel = channel;
                channel.configureBlocking(false);
                if (!channel.connect(address)) {
                    refuseFullBacklog();
                    key = network.register(channel, SelectionKey.OP_CONNECT, this);
                    return PENDING;
                }
            } else if (!channel.finishConnect()) {
                return PENDING;
            }
        } catch (IOException failure) {
            closeChannel();
            throw named(failure);
        } catch (RuntimeException misuse) {
            closeChannel();
            throw misuse;
        }
        return SocketStream.of(network, channel);
    }

    private SocketChannel open() throws IOException {
        return address instanceof UnixDomainSocketAddress
                ? SocketChannel.open(StandardProtocolFamily.UNIX)
                : SocketChannel.open();
    }

    /**
     * A Unix socket connects at once or not at all. Some JDKs take a full backlog for "not yet".
     */
    private void refuseFullBacklog() throws ConnectException {
        if (address instanceof UnixDomainSocketAddress) {
            throw new ConnectException(FULL);
        }
    }

    /** Adds the address to the message, which has only the reason. */
    private IOException named(IOException failure) {
        boolean isFull = String.valueOf(failure.getMessage()).contains("temporarily unavailable");
        String message = (isFull ? FULL : failure.getMessage()) + ": " + address;
        if (ConnectionResetException.translated(failure) instanceof ConnectionResetException) {
            return new ConnectionResetException(message, failure);
        }
        IOException named =
                isFull || failure instanceof ConnectException
                        ? new ConnectException(message)
                        : failure instanceof SocketException
                                ? new SocketException(message)
                                : new IOException(message);
        named.initCause(failure);
        return named;
    }

    private void closeChannel() {
        if (channel != null) {
            network.close(channel);
        }
    }

    @Override
    void cancelled() {
        closeChannel();
    }

    @Override
    void occupy() {}

    @Override
    void leave() {}

    @Override
    void arm() {
        if (key != null) {
            network.await(key, SelectionKey.OP_CONNECT);
        }
    }

    @Override
    void disarm() {
        network.awaitEnded();
    }

    @Override
    public void ready(SelectionKey key, int ready) {
        SelectorNetwork.drop(key, SelectionKey.OP_CONNECT);
        wake();
    }
}
