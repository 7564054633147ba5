package dev.weft.netty;

import static dev.weft.Weft.await;
import static dev.weft.Weft.gatherOutcomes;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.timeoutOr;
import static dev.weft.netty.Caught.failureOf;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.junit.WeftTest;
import dev.weft.net.ByteStream;
import dev.weft.net.ConnectionResetException;
import dev.weft.net.Server;
import dev.weft.net.StreamClosedException;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules of streams and servers, which hold on each transport of Netty. */
@WeftTest
abstract class TcpRules {
    private static final InetSocketAddress ANY =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private final Transports transport;

    TcpRules(Transports transport) {
        this.transport = transport;
    }

    @BeforeEach
    @Async
    Coroutine<Void> installTransport() {
        transport.install();
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> echo(ByteStream stream) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(1_024);
        while (await(stream.read(buffer)) >= 0) {
            await(stream.write(buffer.flip()));
            buffer.clear();
        }
        return Coroutine.done();
    }

    /** Two ends of one connection. */
    private record Ends(ByteStream client, ByteStream server) implements AutoCloseable {
        @Override
        public void close() {
            client.close();
            server.close();
        }
    }

    @Async
    private static Coroutine<Ends> connected() throws IOException {
        try (Server server = Server.bind(ANY)) {
            ByteStream client = await(ByteStream.connect(server.address()));
            return Coroutine.of(new Ends(client, await(server.accept())));
        }
    }

    @Test
    @Async
    Coroutine<Void> aServerAnswersUpToTheEndOfTheOutput() throws Exception {
        try (Server server = Server.bind(ANY)) {
            Task<Void> serving = Task.create(() -> server.serve(stream -> echo(stream)));
            try (ByteStream stream = await(ByteStream.connect(server.address()))) {
                await(stream.write("ping"));
                assertThat(await(stream.readExactly(4))).isEqualTo("ping".getBytes(UTF_8));
                assertThat(server.connections()).isEqualTo(1);
                assertThat(stream.remote()).isEqualTo(server.address());
                await(stream.closeOutput());
                assertThat(await(stream.read(1))).isNull();
            }
            await(server.shutdown(Duration.ofSeconds(1)));
            await(serving);
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> theOutputGoesOnAfterTheEndOfTheInput() throws Exception {
        try (Ends ends = await(connected())) {
            await(ends.client.closeOutput());
            assertThat(await(ends.server.read(1))).isNull();
            await(ends.server.write("still here\n"));
            assertThat(await(ends.client.readLine())).isEqualTo("still here");
            await(ends.server.closeOutput());
            assertThat(await(ends.client.readAll(10))).isEmpty();
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aCloseEndsTheInputOfTheOtherSide() throws Exception {
        try (Ends ends = await(connected())) {
            await(ends.client.write("last words"));
            ends.client.close();
            assertThat(await(ends.server.readAll(100))).isEqualTo("last words".getBytes(UTF_8));
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> anAbortIsAResetForTheOtherSide() throws Exception {
        try (Ends ends = await(connected())) {
            Task<Throwable> reading = Task.create(() -> failureOf(() -> ends.server.read(1)));
            await(sleep(Duration.ofMillis(1)));
            ends.client.abort();
            assertThat(await(reading)).isInstanceOf(ConnectionResetException.class);
            assertThat(await(failureOf(() -> writeAgainAndAgain(ends.server))))
                    .isInstanceOf(ConnectionResetException.class);
        }
        return Coroutine.done();
    }

    /** Writes until that fails. */
    @Async
    private static Coroutine<Void> writeAgainAndAgain(ByteStream stream) throws IOException {
        while (true) {
            await(stream.write(new byte[100]));
        }
    }

    @Test
    @Async
    Coroutine<Void> aWriteToAClosedConnectionFailsInTheEnd() throws Exception {
        try (Ends ends = await(connected())) {
            ends.client.close();
            assertThat(await(failureOf(() -> writeAgainAndAgain(ends.server))))
                    .isInstanceOf(ConnectionResetException.class);
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aStreamThatIsClosedEndsItsRead() throws Exception {
        try (Ends ends = await(connected())) {
            Task<Throwable> reading = Task.create(() -> failureOf(() -> ends.server.read(1)));
            await(sleep(Duration.ofMillis(1)));
            ends.server.close();
            assertThat(await(reading)).isInstanceOf(StreamClosedException.class);
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> tenMegabytesComeThrough() throws Exception {
        try (Server server = Server.bind(ANY)) {
            Task<Void> serving = Task.create(() -> server.serve(stream -> echo(stream)));
            try (ByteStream stream = await(ByteStream.connect(server.address()))) {
                byte[] sent = new byte[10_000_000];
                new Random(1).nextBytes(sent);
                Task<Void> writing = Task.create(() -> stream.write(sent));
                assertThat(await(stream.readExactly(sent.length))).isEqualTo(sent);
                await(writing);
            }
            await(server.shutdown(Duration.ofSeconds(1)));
            await(serving);
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> severalBuffersAreWrittenInTheirOrder() throws Exception {
        try (Ends ends = await(connected())) {
            byte[] large = new byte[200_000];
            new Random(2).nextBytes(large);
            ByteBuffer[] parts = {
                ByteBuffer.wrap("a".getBytes(UTF_8)),
                ByteBuffer.allocate(0),
                ByteBuffer.allocateDirect(large.length).put(large).flip(),
                ByteBuffer.wrap("z".getBytes(UTF_8))
            };
            Task<Void> writing = Task.create(() -> ends.client.write(parts));
            byte[] received = await(ends.server.readExactly(large.length + 2));
            await(writing);
            ByteBuffer expected = ByteBuffer.allocate(received.length);
            assertThat(received)
                    .isEqualTo(expected.put((byte) 'a').put(large).put((byte) 'z').array());
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aWriterWaitsForItsReader() throws Exception {
        try (Ends ends = await(connected())) {
            ends.client.option(StandardSocketOptions.SO_SNDBUF, 65_536);
            ByteBuffer endless = ByteBuffer.allocate(50_000_000);
            Task<Void> writing = Task.create(() -> ends.client.write(endless));
            await(sleep(Duration.ofMillis(1)));
            int taken = endless.position();
            await(sleep(Duration.ofHours(1)));
            assertThat(writing.done()).isFalse();
            assertThat(endless.position()).isEqualTo(taken).isLessThan(20_000_000);
            writing.cancel();
            await(gatherOutcomes(writing));
            assertThat(await(failureOf(() -> ends.client.write("x"))))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("a write was cancelled after");
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aWriterWaitsForAReaderThatHasStopped() throws Exception {
        try (Ends ends = await(connected())) {
            ends.client.option(StandardSocketOptions.SO_SNDBUF, 65_536);
            ByteBuffer endless = ByteBuffer.allocate(50_000_000);
            Task<Void> writing = Task.create(() -> ends.client.write(endless));
            await(ends.server.readExactly(100_000));
            await(sleep(Duration.ofHours(1)));
            int taken = endless.position();
            assertThat(taken).isLessThan(20_000_000);
            await(ends.server.readExactly(50_000_000 - 100_000));
            await(writing);
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aCancelledReadLosesNoByte() throws Exception {
        try (Ends ends = await(connected())) {
            for (int i = 0; i < 20; i++) {
                Task<byte[]> reading = Task.create(() -> ends.server.read(10));
                await(sleep(Duration.ofMillis(1)));
                await(ends.client.write("0123456789"));
                reading.cancel();
                await(gatherOutcomes(reading));
                assertThat(await(ends.server.readExactly(10)))
                        .isEqualTo("0123456789".getBytes(UTF_8));
            }
            assertThat(await(timeoutOr(Duration.ofSeconds(1), ends.server.read(1), null))).isNull();
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> virtualTimePassesWhileNothingHappens() throws Exception {
        try (Server server = Server.bind(ANY)) {
            Task<Void> serving = Task.create(() -> server.serve(stream -> echo(stream)));
            try (ByteStream stream = await(ByteStream.connect(server.address()))) {
                for (int i = 0; i < 10; i++) {
                    await(sleep(Duration.ofHours(1)));
                    await(stream.write("ping"));
                    await(stream.readExactly(4));
                }
            }
            await(server.shutdown(Duration.ofSeconds(1)));
            await(serving);
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aServerThatIsClosedCancelsItsHandlers() throws Exception {
        try (Server server = Server.bind(ANY)) {
            Task<Void> serving = Task.create(() -> server.serve(stream -> echo(stream)));
            try (ByteStream stream = await(ByteStream.connect(server.address()))) {
                await(stream.write("x"));
                await(stream.readExactly(1));
                await(server.shutdown(Duration.ZERO));
                await(serving);
                assertThat(await(stream.read(1))).isNull();
                assertThat(await(failureOf(() -> ByteStream.connect(server.address()))))
                        .isInstanceOf(ConnectException.class);
            }
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> anAcceptThatIsCancelledLosesNoConnection() throws Exception {
        try (Server server = Server.bind(ANY)) {
            assertThat(await(timeoutOr(Duration.ofSeconds(1), server.accept(), null))).isNull();
            try (ByteStream client = await(ByteStream.connect(server.address()));
                    ByteStream accepted = await(server.accept())) {
                assertThat(client.local()).isEqualTo(accepted.remote());
            }
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> anAddressInUseIsNamed() throws Exception {
        try (Server server = Server.bind(ANY)) {
            assertThatThrownBy(() -> Server.bind(server.address()))
                    .isInstanceOf(BindException.class)
                    .hasMessageContaining(server.address().toString());
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aClosedListenerFreesItsAddressAtOnce() throws Exception {
        try (Server server = Server.bind(ANY)) {
            SocketAddress address = server.address();
            assertThat(server.backlog(10).address()).isEqualTo(address);
            try (ByteStream client = await(ByteStream.connect(address));
                    ByteStream accepted = await(server.accept())) {
                assertThat(client.local()).isEqualTo(accepted.remote());
            }
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aUnixSocketIsServed(@TempDir Path folder) throws IOException {
        UnixDomainSocketAddress path = UnixDomainSocketAddress.of(folder.resolve("socket"));
        try (Server server = Server.bind(path)) {
            Task<Void> serving = Task.create(() -> server.serve(stream -> echo(stream)));
            assertThat(server.address()).isEqualTo(path);
            assertThatThrownBy(() -> Server.bind(path)).hasMessageContaining("address in use");
            try (ByteStream stream = await(ByteStream.connect(path))) {
                await(stream.write("ping"));
                assertThat(await(stream.readExactly(4))).isEqualTo("ping".getBytes(UTF_8));
                await(stream.closeOutput());
                assertThat(await(stream.read(1))).isNull();
            }
            await(server.shutdown(Duration.ofSeconds(1)));
            await(serving);
        }
        assertThat(Files.exists(path.getPath())).isFalse();
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aFileInTheWayOfAUnixSocketStays(@TempDir Path folder) throws IOException {
        Path path = Files.writeString(folder.resolve("socket"), "notes");
        assertThatThrownBy(() -> Server.bind(UnixDomainSocketAddress.of(path)))
                .isInstanceOf(BindException.class)
                .hasMessage("not a socket, but in the way: " + path);
        assertThat(path).hasContent("notes");
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aUnixSocketThatNobodyServesIsStale(@TempDir Path folder) throws IOException {
        UnixDomainSocketAddress path = UnixDomainSocketAddress.of(folder.resolve("socket"));
        try (ServerSocketChannel left = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            left.bind(path);
        }
        assertThatThrownBy(() -> Server.bind(path))
                .isInstanceOf(BindException.class)
                .hasMessage("stale socket at " + path + ": delete it");
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> optionsOfSocketsAreSetAndRead() throws Exception {
        try (Ends ends = await(connected())) {
            assertThat(ends.client.option(StandardSocketOptions.TCP_NODELAY)).isTrue();
            assertThat(ends.server.option(StandardSocketOptions.TCP_NODELAY)).isTrue();
            ends.client.option(StandardSocketOptions.SO_KEEPALIVE, true);
            assertThat(ends.client.option(StandardSocketOptions.SO_KEEPALIVE)).isTrue();
            assertThatThrownBy(() -> ends.client.option(StandardSocketOptions.IP_MULTICAST_TTL))
                    .isInstanceOf(UnsupportedOperationException.class);
        }
        return Coroutine.done();
    }
}
