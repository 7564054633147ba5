package dev.weft.net;

import dev.weft.Task;
import java.io.IOException;
import java.net.BindException;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.UnsupportedAddressTypeException;
import org.jspecify.annotations.Nullable;

/** An operation of a {@link UdpSocket}. */
abstract class UdpOperation<T> extends Waiting<T> {
    final UdpSocket socket;
    private final int interest;

    private UdpOperation(UdpSocket socket, int interest) {
        this.socket = socket;
        this.interest = interest;
    }

    /** Returns the operation that waits already, if there is one. */
    abstract @Nullable Waiting<?> other();

    @Override
    final void enter(Task<?> task) throws IOException {
        LoopThread.check(socket.network().loop(), task, "the socket");
        socket.checkOpen();
        Waiting<?> other = other();
        if (other != null) {
            throw interest == SelectionKey.OP_READ
                    ? other.busy(task, "receive", "receives from this socket")
                    : other.busy(task, "send", "sends to this socket");
        }
    }

    @Override
    final Budget budget() {
        return socket.network().budget();
    }

    @Override
    String description() {
        return (interest == SelectionKey.OP_READ ? "receive at " : "send from ")
                + text(socket.address());
    }

    @Override
    final void arm() {
        socket.network().await(socket.key(), interest);
    }

    @Override
    final void disarm() {
        socket.network().awaitEnded();
    }

    /** Adds the address to an exception of the system, whose message has only the reason. */
    static IOException named(IOException failure, @Nullable SocketAddress address) {
        String message = failure.getMessage() + ": " + address;
        IOException named;
        if (failure instanceof PortUnreachableException) {
            named = new PortUnreachableException("nobody listens at " + address);
        } else if (failure instanceof BindException) {
            named = new BindException(message);
        } else {
            named = new SocketException(message);
        }
        named.initCause(failure);
        return named;
    }

    /** Tells that a socket for IPv4 does not reach IPv6. The exception of the system is empty. */
    static IllegalArgumentException unreachable(
            SocketAddress from, SocketAddress to, RuntimeException cause) {
        return new IllegalArgumentException(
                "a socket at "
                        + from
                        + " does not reach "
                        + to
                        + ": bind it to an address of the same IP version",
                cause);
    }

    /** Receives a datagram. */
    static final class Receive extends UdpOperation<UdpSocket.Packet> {
        Receive(UdpSocket socket) {
            super(socket, SelectionKey.OP_READ);
        }

        @Override
        @Nullable Waiting<?> other() {
            return socket.receiver();
        }

        @Override
        Object attempt(Task<?> task) throws IOException {
            socket.checkOpen();
            ByteBuffer scratch = Reads.scratch(Integer.MAX_VALUE); // larger than any datagram
            SocketAddress from;
            try {
                from = socket.channel().receive(scratch);
            } catch (IOException e) {
                throw named(e, socket.peer() == null ? socket.address() : socket.peer());
            }
            if (from == null) {
                return PENDING;
            }
            byte[] bytes = new byte[scratch.flip().remaining()];
            scratch.get(bytes);
            return new UdpSocket.Packet(from, bytes);
        }

        @Override
        void occupy() {
            socket.receiver(this);
        }

        @Override
        void leave() {
            socket.receiver(null);
        }
    }

    /** Sends a datagram. */
    static final class Send extends UdpOperation<Void> {
        private final byte[] bytes;
        private final SocketAddress to;
        private boolean isRepeated;

        Send(UdpSocket socket, byte[] bytes, SocketAddress to) {
            super(socket, SelectionKey.OP_WRITE);
            this.bytes = bytes;
            this.to = to;
        }

        @Override
        @Nullable Waiting<?> other() {
            return socket.sender();
        }

        @Override
        @Nullable Object attempt(Task<?> task) throws IOException {
            socket.checkOpen();
            if (bytes.length == 0 && !isRepeated) {
                isRepeated = true;
                return PENDING; // the result 0 would not tell that there is no room
            }
            int sent;
            try {
                sent = socket.channel().send(ByteBuffer.wrap(bytes), to);
            } catch (UnsupportedAddressTypeException e) {
                throw unreachable(socket.address(), to, e);
            } catch (IOException e) {
                throw named(e, to);
            }
            return sent < bytes.length ? PENDING : null;
        }

        @Override
        void occupy() {
            socket.sender(this);
        }

        @Override
        void leave() {
            socket.sender(null);
        }
    }
}
