package dev.weft.net;

import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Task;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A socket for UDP.
 *
 * <pre>{@code
 * try (UdpSocket socket = UdpSocket.bind(new InetSocketAddress(5_000))) {
 *     while (true) {
 *         UdpSocket.Packet packet = await(socket.receive());
 *         await(socket.send(packet.bytes(), packet.from()));
 *     }
 * }
 * }</pre>
 *
 * <p>A datagram is sent and received whole, with 0 to 65,507 bytes. One task may receive and one
 * may send at a time; a second is an {@link IllegalStateException} that names both. A cancelled
 * receive loses no datagram: the next one gets it. A cancelled send has sent nothing.
 *
 * <p>A socket belongs to the loop that made it and is used on that loop's thread. The loop must
 * wait in the selector of the JDK, as it does by default.
 */
public final class UdpSocket implements AutoCloseable {
    /** The 65,535 bytes of IPv4 without the headers: 20 bytes of IP and 8 of UDP. */
    private static final int LARGEST = 65_507;

    private final SelectorNetwork network;
    private final DatagramChannel channel;
    private final SelectionKey key;
    private SocketAddress address;
    private @Nullable SocketAddress peer;

    private @Nullable Waiting<?> receiver;
    private @Nullable Waiting<?> sender;

    /** The message of the exception that operations throw; null while this is open. */
    private @Nullable String closed;

    private UdpSocket(SelectorNetwork network, DatagramChannel channel) throws IOException {
        this.network = network;
        this.channel = channel;
        this.address = channel.getLocalAddress();
        this.key = network.register(channel, 0, this::ready);
    }

    /** A datagram and its sender. The bytes belong to the receiver. */
    @SuppressWarnings("ArrayRecordComponent") // a copy on each call would be dear
    public record Packet(SocketAddress from, byte[] bytes) {}

    /**
     * Opens a socket at a resolved {@link InetSocketAddress}. Port 0 lets the system choose: see
     * {@link #address}. A socket at an address of IPv4 sends to such addresses only. Several
     * sockets may have the address of one multicast group.
     *
     * @throws java.net.BindException if the address is in use
     * @throws IllegalStateException outside of a loop, or if the loop waits in another poller
     */
    public static UdpSocket bind(SocketAddress address) throws IOException {
        SelectorNetwork network =
                EventLoop.current().poller(SelectorNetwork.class, SelectorNetwork::new);
        InetAddress host = resolved(address).getAddress();
        DatagramChannel channel =
                host instanceof Inet4Address && !host.isAnyLocalAddress()
                        ? DatagramChannel.open(StandardProtocolFamily.INET)
                        : DatagramChannel.open();
        try {
            if (host.isMulticastAddress()) {
                channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            }
            channel.bind(address);
            return new UdpSocket(network, channel);
        } catch (IOException failure) {
            network.close(channel);
            throw UdpOperation.named(failure, address);
        } catch (Throwable failure) {
            network.close(channel);
            throw failure;
        }
    }

    private static InetSocketAddress resolved(SocketAddress address) throws UnknownHostException {
        if (!(address instanceof InetSocketAddress inet)) {
            throw new IllegalArgumentException("UDP needs an InetSocketAddress, not " + address);
        }
        if (inet.isUnresolved()) {
            throw new UnknownHostException(inet.getHostString());
        }
        return inet;
    }

    // ---- settings

    /**
     * Restricts this socket to datagrams of and to {@code peer}. Datagrams that came before are
     * dropped. If nobody listens at that address, a later operation may throw a {@link
     * java.net.PortUnreachableException}; the socket stays open.
     *
     * @throws IllegalStateException if this socket is connected
     */
    public void connect(SocketAddress peer) throws IOException {
        checkUsable("connect");
        resolved(peer);
        if (this.peer != null) {
            throw new IllegalStateException("the socket is connected to " + this.peer);
        }
        try {
            channel.connect(peer);
        } catch (UnsupportedAddressTypeException otherFamily) {
            throw UdpOperation.unreachable(address, peer, otherFamily);
        } catch (IOException failure) {
            throw UdpOperation.named(failure, peer);
        }
        this.peer = peer;
        address = channel.getLocalAddress();
    }

    /**
     * Joins a multicast group on a network interface, until this socket is closed. Joining twice
     * has no effect.
     *
     * @throws IllegalArgumentException if {@code group} is no multicast address
     */
    public void join(InetAddress group, NetworkInterface on) throws IOException {
        checkUsable("join");
        try {
            channel.join(group, on);
        } catch (IOException failure) {
            throw new IOException(
                    failure.getMessage() + ": " + group + " on " + on.getName(), failure);
        }
    }

    /**
     * Sets an option of the socket: {@code SO_BROADCAST} before the first broadcast, {@code
     * IP_MULTICAST_IF} for the interface of multicast datagrams.
     *
     * @throws UnsupportedOperationException if the socket has no such option
     */
    public <T> UdpSocket option(SocketOption<T> name, T value) throws IOException {
        checkUsable("option");
        channel.setOption(name, value);
        return this;
    }

    /**
     * Returns an option of the socket.
     *
     * @throws UnsupportedOperationException if the socket has no such option
     */
    public <T> @Nullable T option(SocketOption<T> name) throws IOException {
        checkUsable("option");
        return channel.getOption(name);
    }

    /** Returns the address of this socket, with the port that the system has chosen. */
    public SocketAddress address() {
        return address;
    }

    // ---- datagrams

    /**
     * Waits for the next datagram.
     *
     * @throws StreamClosedException if this socket is closed, also while this waits
     */
    public Coroutine<Packet> receive() throws IOException {
        return new UdpOperation.Receive(this);
    }

    /**
     * Sends a datagram to {@code to}. Ends when the system has taken the datagram, which may be
     * lost on its way. The array must not change before.
     *
     * @throws IllegalArgumentException at once, for more than 65,507 bytes
     * @throws IllegalStateException at once, if this socket is connected to another address
     */
    public Coroutine<Void> send(byte[] bytes, SocketAddress to) throws IOException {
        resolved(to);
        checkSize(bytes);
        if (peer != null && !peer.equals(to)) {
            throw new IllegalStateException(
                    "the socket is connected to " + peer + " and cannot send to " + to);
        }
        return new UdpOperation.Send(this, bytes, to);
    }

    /**
     * Sends a datagram to the address of {@link #connect}, as {@link #send(byte[], SocketAddress)}.
     *
     * @throws IllegalStateException at once, if this socket is not connected
     */
    public Coroutine<Void> send(byte[] bytes) throws IOException {
        checkSize(bytes);
        SocketAddress to = peer;
        if (to == null) {
            throw new IllegalStateException(
                    "the socket is not connected: call connect(...), or send(bytes, to)");
        }
        return new UdpOperation.Send(this, bytes, to);
    }

    private static void checkSize(byte[] bytes) {
        if (bytes.length > LARGEST) {
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT,
                            "a datagram of %,d bytes was not sent: UDP takes at most %,d, so"
                                    + " divide it",
                            bytes.length,
                            LARGEST));
        }
    }

    // ---- the end

    /**
     * Closes this socket at once. A task that waits gets a {@link StreamClosedException}. Closing
     * twice is harmless.
     */
    @Override
    public void close() {
        if (closed != null) {
            return;
        }
        if (Waiting.isClosed(network.loop())) {
            closed = "closed with its event loop";
            return;
        }
        LoopThread.check(network.loop(), "close");
        Task<?> task = Task.current();
        closed = task == null ? "closed" : "closed by task " + task.name();
        network.closeAtOnce(channel);
        wake(receiver);
        wake(sender);
    }

    // ---- for the operations

    private void ready(SelectionKey key, int ready) {
        if ((ready & SelectionKey.OP_READ) != 0 && !wake(receiver)) {
            SelectorNetwork.drop(key, SelectionKey.OP_READ);
        }
        if ((ready & SelectionKey.OP_WRITE) != 0 && !wake(sender)) {
            SelectorNetwork.drop(key, SelectionKey.OP_WRITE);
        }
    }

    private static boolean wake(@Nullable Waiting<?> waiting) {
        return waiting != null && waiting.wake();
    }

    private void checkUsable(String call) throws StreamClosedException {
        LoopThread.check(network.loop(), call);
        checkOpen();
    }

    void checkOpen() throws StreamClosedException {
        if (closed != null) {
            throw new StreamClosedException(closed);
        }
    }

    SelectorNetwork network() {
        return network;
    }

    DatagramChannel channel() {
        return channel;
    }

    SelectionKey key() {
        return key;
    }

    @Nullable SocketAddress peer() {
        return peer;
    }

    @Nullable Waiting<?> receiver() {
        return receiver;
    }

    void receiver(@Nullable Waiting<?> receiver) {
        this.receiver = receiver;
    }

    @Nullable Waiting<?> sender() {
        return sender;
    }

    void sender(@Nullable Waiting<?> sender) {
        this.sender = sender;
    }
}
