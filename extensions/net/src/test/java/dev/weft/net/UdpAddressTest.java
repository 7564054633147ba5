package dev.weft.net;

import static dev.weft.Weft.await;
import static dev.weft.net.UdpTest.ANY;
import static dev.weft.net.UdpTest.at;
import static dev.weft.net.UdpTest.bytes;
import static dev.weft.net.UdpTest.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.junit.WeftTest;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The addresses, peers and groups of UDP sockets. */
@WeftTest
class UdpAddressTest {
    // ---- addresses

    @Test
    @Async
    Coroutine<Void> anAddressInUseIsNamed() throws IOException {
        try (UdpSocket socket = UdpSocket.bind(ANY)) {
            assertThatThrownBy(() -> UdpSocket.bind(socket.address()))
                    .isInstanceOf(BindException.class)
                    .hasMessageContaining(socket.address().toString());
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> anUnresolvedOrForeignAddressIsRefused() throws IOException {
        SocketAddress unresolved = InetSocketAddress.createUnresolved("nowhere.invalid", 1);
        assertThatThrownBy(() -> UdpSocket.bind(unresolved))
                .isInstanceOf(UnknownHostException.class)
                .hasMessage("nowhere.invalid");
        assertThatThrownBy(() -> UdpSocket.bind(UnixDomainSocketAddress.of("/x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("UDP needs an InetSocketAddress, not /x");
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> anAddressOfAnotherIpVersionIsNamed() throws IOException {
        byte[] loopback = new byte[16];
        loopback[15] = 1;
        SocketAddress other = new InetSocketAddress(InetAddress.getByAddress(loopback), 9);
        try (UdpSocket socket = UdpSocket.bind(ANY)) {
            assertThatThrownBy(() -> socket.connect(other))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(socket.address() + " does not reach " + other);
            Throwable failure = null;
            try {
                await(socket.send(bytes("x"), other));
            } catch (IllegalArgumentException e) {
                failure = e;
            }
            assertThat(failure).hasMessageContaining(socket.address() + " does not reach " + other);
        }
        return Coroutine.done();
    }

    // ---- connected sockets

    @Test
    @Async
    Coroutine<Void> aConnectedSocketExchangesDatagramsWithItsPeerOnly() throws IOException {
        try (UdpSocket one = UdpSocket.bind(ANY);
                UdpSocket other = UdpSocket.bind(ANY);
                UdpSocket stranger = UdpSocket.bind(ANY)) {
            await(stranger.send(bytes("before"), one.address()));
            one.connect(other.address());
            await(stranger.send(bytes("after"), one.address()));
            await(one.send(bytes("ping")));
            await(other.send(bytes("pong"), await(other.receive()).from()));
            assertThat(text(await(one.receive()))).isEqualTo("pong");
            await(one.send(bytes("same"), other.address()));
            assertThat(text(await(other.receive()))).isEqualTo("same");
            assertThatThrownBy(() -> one.send(bytes("x"), stranger.address()).close())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(
                            "the socket is connected to "
                                    + other.address()
                                    + " and cannot send to "
                                    + stranger.address());
            assertThatThrownBy(() -> one.connect(stranger.address()))
                    .hasMessage("the socket is connected to " + other.address());
            assertThatThrownBy(() -> other.send(bytes("x")).close())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("not connected");
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aPeerThatDoesNotListenIsAnExceptionAndTheSocketLivesOn() throws IOException {
        try (UdpSocket socket = UdpSocket.bind(ANY)) {
            SocketAddress gone;
            try (UdpSocket closed = UdpSocket.bind(ANY)) {
                gone = closed.address();
            }
            socket.connect(gone);
            await(socket.send(bytes("x")));
            try {
                await(socket.receive());
                throw new AssertionError("no exception");
            } catch (PortUnreachableException e) {
                assertThat(e).hasMessage("nobody listens at " + gone);
            }
            try (UdpSocket back = UdpSocket.bind(gone)) {
                await(socket.send(bytes("again")));
                assertThat(text(await(back.receive()))).isEqualTo("again");
                await(back.send(bytes("here"), socket.address()));
                assertThat(text(await(socket.receive()))).isEqualTo("here");
            }
        }
        return Coroutine.done();
    }

    // ---- multicast

    @Test
    @Async
    Coroutine<Void> aMemberOfAGroupReceivesItsDatagrams() throws IOException {
        InetAddress group = InetAddress.getByName("239.1.2.3");
        NetworkInterface loopback = NetworkInterface.getByInetAddress(ANY.getAddress());
        try (UdpSocket member = UdpSocket.bind(at("0.0.0.0", 0));
                UdpSocket sender = UdpSocket.bind(ANY)) {
            try {
                member.join(group, loopback);
                member.join(group, loopback);
                sender.option(StandardSocketOptions.IP_MULTICAST_IF, loopback);
                int port = ((InetSocketAddress) member.address()).getPort();
                await(sender.send(bytes("all"), new InetSocketAddress(group, port)));
            } catch (IOException e) {
                System.err.println("SKIPPED: no multicast on the loopback interface: " + e);
                Assumptions.abort("no multicast on the loopback interface: " + e);
            }
            assertThat(text(await(member.receive()))).isEqualTo("all");
            assertThatThrownBy(() -> member.join(ANY.getAddress(), loopback))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        return Coroutine.done();
    }
}
