package dev.weft.net;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.timeout;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.junit.TestClock;
import dev.weft.junit.WeftTest;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Connecting to one address, and to the first of several that answers. */
@WeftTest
class ConnectTest {
    /** A listening socket whose backlog is full: further attempts hang. */
    private static final class BlackHole implements AutoCloseable {
        private final ServerSocket socket = new ServerSocket();
        private final List<Socket> waiting = new ArrayList<>();

        BlackHole(String address) throws IOException {
            socket.bind(at(address, 0), 1);
            for (int i = 0; i < 2; i++) {
                waiting.add(Nets.plain(socket.getLocalSocketAddress()));
            }
        }

        int port() {
            return socket.getLocalPort();
        }

        @Override
        public void close() throws IOException {
            for (Socket each : waiting) {
                each.close();
            }
            socket.close();
        }
    }

    private static InetSocketAddress at(String address, int port) throws IOException {
        return new InetSocketAddress(InetAddress.getAllByName(address)[0], port);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static List<InetAddress> addresses(String... texts) throws IOException {
        List<InetAddress> addresses = new ArrayList<>();
        for (String text : texts) {
            addresses.add(InetAddress.getAllByName(text)[0]);
        }
        return addresses;
    }

    @Test
    @Async
    Coroutine<Void> aRefusalNamesTheAddress() throws IOException {
        InetSocketAddress nobody = at("127.0.0.1", freePort());
        assertThat(await(Nets.failure(() -> ByteStream.connect(nobody))))
                .isInstanceOf(ConnectException.class)
                .hasMessage("Connection refused: " + nobody);
        assertThat(await(Nets.failure(() -> ByteStream.connect("127.0.0.1", nobody.getPort()))))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("Connection refused: /127.0.0.1:");
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> anUnresolvedAddressIsAnUnknownHost() throws IOException {
        InetSocketAddress unresolved = InetSocketAddress.createUnresolved("nowhere.invalid", 1);
        assertThat(await(Nets.failure(() -> ByteStream.connect(unresolved))))
                .isInstanceOf(UnknownHostException.class)
                .hasMessageContaining("nowhere.invalid");
        assertThat(await(Nets.failure(() -> ByteStream.connect("nowhere.invalid", 1))))
                .isInstanceOf(UnknownHostException.class)
                .hasMessageContaining("nowhere.invalid");
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aPortOutOfRangeIsRefused() throws IOException {
        for (int port : new int[] {-1, 65_536}) {
            assertThat(await(Nets.failure(() -> ByteStream.connect("localhost", port))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("port out of range: " + port);
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> thereIsNoTimeLimitButThatOfTheCaller(TestClock clock) throws IOException {
        try (BlackHole hole = new BlackHole("127.0.0.1")) {
            InetSocketAddress address = at("127.0.0.1", hole.port());
            long before = Nets.descriptors();
            assertThat(
                            await(
                                    Nets.failure(
                                            () ->
                                                    timeout(
                                                            ofSeconds(20),
                                                            ByteStream.connect(address)))))
                    .isInstanceOf(java.util.concurrent.TimeoutException.class);
            assertThat(clock.elapsed()).isEqualTo(ofSeconds(20));
            await(sleep(ofMillis(1)));
            assertThat(Nets.descriptors()).isLessThanOrEqualTo(before + 4); // the selector's own
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> cancelledAttemptsLeakNothing() throws IOException {
        try (BlackHole hole = new BlackHole("127.0.0.1");
                Server server = Server.bind(Nets.ANY)) {
            InetSocketAddress address = at("127.0.0.1", hole.port());
            long before = Nets.descriptors();
            for (int i = 0; i < 50; i++) {
                Task<ByteStream> toNobody = Task.create(() -> ByteStream.connect(address));
                Task<ByteStream> toServer = Task.create(() -> ByteStream.connect(server.address()));
                for (int turns = i % 5; turns > 0; turns--) {
                    await(sleep(ZERO));
                }
                toNobody.cancel();
                toServer.cancel();
                assertThat(await(Nets.failure(() -> Coroutine.of(await(toNobody)))))
                        .isInstanceOf(CancelledError.class);
                try {
                    await(toServer).close();
                } catch (CancelledError expected) {
                    assertThat(toServer.cancelled()).isTrue();
                }
            }
            await(sleep(ofMillis(1)));
            assertThat(Nets.descriptors()).isEqualTo(before);
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aServerThatGoesAwayMeanwhileIsAReset() throws IOException {
        Server server = Server.bind(Nets.ANY);
        Task<ByteStream> connecting = Task.create(() -> ByteStream.connect(server.address()));
        await(sleep(ZERO));
        server.close();
        assertThat(await(Nets.failure(() -> await(connecting).read(1))))
                .isInstanceOf(ConnectionResetException.class)
                .hasMessageContaining("reset");
        return Coroutine.done();
    }

    // ---- several addresses

    @Test
    void theFamiliesTakeTurns() throws IOException {
        List<InetAddress> found =
                addresses("127.0.0.1", "127.0.0.2", "127.0.0.3", "::1", "::2", "127.0.0.4");
        assertThat(HostConnector.byTurns(found))
                .isEqualTo(
                        addresses(
                                "127.0.0.1", "::1", "127.0.0.2", "::2", "127.0.0.3", "127.0.0.4"));
        assertThat(HostConnector.byTurns(addresses("::1", "127.0.0.1", "::2")))
                .isEqualTo(addresses("::1", "127.0.0.1", "::2"));
        assertThat(HostConnector.byTurns(addresses("127.0.0.1"))).isEqualTo(addresses("127.0.0.1"));
    }

    @Async
    private static Coroutine<ByteStream> connect(int port, String... texts) throws IOException {
        return new HostConnector().connectToOne("the.host", port, addresses(texts));
    }

    @Test
    @Async
    Coroutine<Void> aRefusalStartsTheNextAttemptAtOnce(TestClock clock) throws IOException {
        try (Server server = Server.bind(Nets.ANY);
                ByteStream stream =
                        await(
                                connect(
                                        Nets.port(server.address()),
                                        "127.0.0.2",
                                        "::1",
                                        "127.0.0.1"))) {
            assertThat(stream.remote()).isEqualTo(server.address());
            assertThat(clock.elapsed()).isLessThan(ofMillis(250));
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> anAddressThatDoesNotAnswerDelaysTheNextBy250Milliseconds(TestClock clock)
            throws IOException {
        try (BlackHole hole = new BlackHole("127.0.0.2");
                Server server = Server.bind(at("127.0.0.1", hole.port()))) {
            long before = Nets.descriptors();
            ByteStream stream = await(connect(hole.port(), "127.0.0.2", "127.0.0.1"));
            assertThat(stream.remote()).isEqualTo(server.address());
            assertThat(clock.elapsed()).isEqualTo(ofMillis(250));
            await(sleep(ofMillis(1)));
            assertThat(Nets.descriptors()).as("the loser is closed").isEqualTo(before + 1);
            stream.close();
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> ifNoneAnswersTheExceptionHasThoseOfAll() throws IOException {
        Throwable thrown =
                await(
                        Nets.failure(
                                () -> connect(freePort(), "127.0.0.1", "127.0.0.2", "127.0.0.3")));
        assertThat(thrown)
                .isInstanceOf(ConnectException.class)
                .hasMessage("none of the 3 addresses of the.host answered");
        assertThat(thrown.getSuppressed())
                .hasSize(3)
                .allSatisfy(
                        each ->
                                assertThat(each)
                                        .isInstanceOf(ConnectException.class)
                                        .hasMessageContaining("refused"));
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aConnectToSeveralThatIsCancelledLeaksNothing() throws IOException {
        try (BlackHole hole = new BlackHole("127.0.0.2");
                Server server = Server.bind(at("127.0.0.1", hole.port()))) {
            long before = Nets.descriptors();
            for (int i = 0; i < 40; i++) {
                Task<ByteStream> connecting =
                        Task.create(() -> connect(hole.port(), "127.0.0.2", "127.0.0.1"));
                await(sleep(ofMillis(i % 2 == 0 ? 100 : 250)));
                for (int turns = i / 2; turns > 0; turns--) {
                    await(sleep(ZERO)); // through all moments around the connection
                }
                connecting.cancel();
                try {
                    await(connecting).close();
                } catch (CancelledError expected) {
                    assertThat(connecting.cancelled()).isTrue();
                }
            }
            await(sleep(ofMillis(1)));
            assertThat(Nets.descriptors()).isEqualTo(before);
            assertThat(server.connections()).isZero();
        }
        return Coroutine.done();
    }
}
