package dev.weft.net;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.timeoutOr;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Runner;
import dev.weft.Task;
import dev.weft.Weft;
import dev.weft.io.Poller;
import dev.weft.junit.TestClock;
import dev.weft.junit.WeftTest;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** The rules of UDP sockets, on the loopback address. */
@WeftTest
class UdpTest {
    static final InetSocketAddress ANY = at("127.0.0.1", 0);

    static InetSocketAddress at(String address, int port) {
        return new InetSocketAddress(address, port);
    }

    static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    static String text(UdpSocket.Packet packet) {
        return new String(packet.bytes(), UTF_8);
    }

    // ---- datagrams

    @Test
    @Async
    Coroutine<Void> aDatagramComesWithItsSender() throws IOException {
        try (UdpSocket one = UdpSocket.bind(ANY);
                UdpSocket other = UdpSocket.bind(ANY)) {
            await(one.send(bytes("ping"), other.address()));
            UdpSocket.Packet ping = await(other.receive());
            assertThat(text(ping)).isEqualTo("ping");
            assertThat(ping.from()).isEqualTo(one.address());
            await(other.send(bytes("pong"), ping.from()));
            assertThat(text(await(one.receive()))).isEqualTo("pong");
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> datagramsStayWhole() throws IOException {
        try (UdpSocket one = UdpSocket.bind(ANY);
                UdpSocket other = UdpSocket.bind(ANY)) {
            byte[] largest = new byte[65_507];
            new Random(1).nextBytes(largest);
            await(one.send(largest, other.address()));
            await(one.send(new byte[0], other.address()));
            await(one.send(bytes("x"), other.address()));
            assertThat(await(other.receive()).bytes()).isEqualTo(largest);
            assertThat(await(other.receive()).bytes()).isEmpty();
            assertThat(text(await(other.receive()))).isEqualTo("x");
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aDatagramThatIsTooLargeIsRefused() throws IOException {
        try (UdpSocket socket = UdpSocket.bind(ANY)) {
            assertThatThrownBy(() -> socket.send(new byte[65_508], socket.address()).close())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "a datagram of 65,508 bytes was not sent: UDP takes at most 65,507, so"
                                    + " divide it");
            await(socket.send(bytes("x"), socket.address()));
            assertThat(text(await(socket.receive()))).isEqualTo("x");
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> datagramsAreReceivedWhileOthersAreSent() throws IOException {
        try (UdpSocket one = UdpSocket.bind(ANY);
                UdpSocket other = UdpSocket.bind(ANY)) {
            Task<Void> sending = Task.create(() -> sendNumbers(one, other.address()));
            int last = -1;
            for (int count = 0; count < 100; count++) { // fewer than the system keeps
                int number = Integer.parseInt(text(await(other.receive())));
                assertThat(number).isGreaterThan(last);
                last = number;
            }
            await(sending);
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> sendNumbers(UdpSocket from, SocketAddress to)
            throws IOException {
        for (int i = 0; i < 1_000; i++) {
            await(from.send(bytes(Integer.toString(i)), to));
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> theWildcardAddressReceivesFromIPv4() throws IOException {
        try (UdpSocket all = UdpSocket.bind(new InetSocketAddress(0));
                UdpSocket one = UdpSocket.bind(ANY)) {
            int port = ((InetSocketAddress) all.address()).getPort();
            await(one.send(bytes("x"), at("127.0.0.1", port)));
            assertThat(await(all.receive()).from()).isEqualTo(one.address());
        }
        return Coroutine.done();
    }

    // ---- waiting

    @Test
    @Async
    Coroutine<Void> twoReceiversAreRefused() throws IOException {
        try (UdpSocket socket = UdpSocket.bind(ANY)) {
            Task<UdpSocket.Packet> first = Task.create("first", socket.receive());
            await(sleep(Duration.ZERO));
            Task<UdpSocket.Packet> second = Task.create("second", socket.receive());
            try {
                await(second);
                throw new AssertionError("no exception");
            } catch (IllegalStateException e) {
                assertThat(e)
                        .hasMessage("task second cannot receive: first receives from this socket");
            }
            await(socket.send(bytes("x"), socket.address()));
            assertThat(text(await(first))).isEqualTo("x");
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> twoSendersAreRefused() throws IOException {
        try (UdpSocket socket = UdpSocket.bind(ANY)) {
            byte[] none = {}; // an empty datagram always waits for room
            Task<Void> first = Task.create("first", socket.send(none, socket.address()));
            Task<Void> second = Task.create("second", socket.send(none, socket.address()));
            try {
                await(second);
                throw new AssertionError("no exception");
            } catch (IllegalStateException e) {
                assertThat(e).hasMessage("task second cannot send: first sends to this socket");
            }
            await(first);
            assertThat(await(socket.receive()).bytes()).isEmpty();
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aCancelledReceiveLosesNoDatagram() throws IOException {
        try (UdpSocket socket = UdpSocket.bind(ANY)) {
            assertThat(await(timeoutOr(Duration.ofSeconds(1), socket.receive(), null))).isNull();
            Task<UdpSocket.Packet> receiving = Task.create(socket.receive());
            await(sleep(Duration.ZERO));
            await(socket.send(bytes("x"), socket.address()));
            receiving.cancel();
            await(sleep(Duration.ZERO));
            assertThat(text(await(socket.receive()))).isEqualTo("x");
            assertThat(receiving.cancelled()).isTrue();
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> closeEndsTheWait() throws IOException {
        UdpSocket socket = UdpSocket.bind(ANY);
        Task<Void> closing = Task.create("closer", () -> closeLater(socket));
        try {
            await(socket.receive());
            throw new AssertionError("no exception");
        } catch (StreamClosedException e) {
            assertThat(e).hasMessage("closed by task closer");
        }
        await(closing);
        socket.close();
        try {
            await(socket.send(bytes("x"), ANY));
            throw new AssertionError("no exception");
        } catch (StreamClosedException e) {
            assertThat(e).hasMessage("closed by task closer");
        }
        assertThatThrownBy(() -> socket.connect(ANY)).isInstanceOf(StreamClosedException.class);
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> closeLater(UdpSocket socket) {
        await(sleep(Duration.ofHours(1)));
        socket.close();
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> virtualTimePassesWhileNothingComes(TestClock clock) throws IOException {
        try (UdpSocket one = UdpSocket.bind(ANY);
                UdpSocket other = UdpSocket.bind(ANY)) {
            Task<UdpSocket.Packet> receiving = Task.create(other.receive());
            for (int i = 0; i < 10; i++) {
                await(sleep(Duration.ofHours(1)));
            }
            await(one.send(bytes("x"), other.address()));
            await(receiving);
            assertThat(clock.elapsed()).isEqualTo(Duration.ofHours(10));
        }
        return Coroutine.done();
    }

    // ---- loops

    @Test
    void anotherPollerIsNamed() {
        assertThatThrownBy(() -> Weft.runner().poller(loop -> new OtherPoller()).run(binding()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(OtherPoller.class.getName())
                .hasMessageContaining(SelectorNetwork.class.getName());
    }

    @Async
    private static Coroutine<UdpSocket> binding() throws IOException {
        return Coroutine.of(UdpSocket.bind(ANY));
    }

    @Test
    void aSocketOfAClosedLoopIsClosed() throws IOException {
        UdpSocket socket;
        try (Runner runner = Weft.runner()) {
            socket = runner.run(binding());
        }
        SocketAddress address = socket.address();
        try (Runner runner = Weft.runner()) {
            runner.run(UdpTest.bindAndClose(address));
            assertThatThrownBy(() -> runner.run(UdpTest.receive(socket)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("that loop is closed");
        }
        socket.close();
    }

    @Async
    private static Coroutine<UdpSocket.Packet> receive(UdpSocket socket) throws IOException {
        return socket.receive();
    }

    @Async
    private static Coroutine<Void> bindAndClose(SocketAddress address) throws IOException {
        UdpSocket.bind(address).close();
        assertThat(EventLoop.current()).isNotNull();
        return Coroutine.done();
    }

    /** A poller that is no network. */
    private static final class OtherPoller implements Poller {
        @Override
        public void poll(long nanos) {
            LockSupport.parkNanos(this, Math.min(nanos, 1_000_000));
        }

        @Override
        public void wakeup() {}

        @Override
        public boolean isAwaited() {
            return false;
        }
    }
}
