package dev.weft.net;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Task;
import dev.weft.junit.TestClock;
import dev.weft.junit.WeftTest;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The result of a read does not depend on the pieces in which its bytes come. */
@WeftTest
class FragmentsTest {
    private static final byte[] CRLF = "\r\n".getBytes(UTF_8);

    /** The input of {@link #readsEverything}. */
    private static final byte[] BYTES =
            "one\r\ntwo\n\n\r\nG\u00fcnter \ud83d\ude00\r\r\nab\rc\nhead\rer\r\r\n12345xyzlast line"
                    .getBytes(UTF_8);

    @Async
    private static Coroutine<Void> readsEverything(ByteStream stream) throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            lines.add(await(stream.readLine()));
        }
        assertThat(lines)
                .containsExactly("one", "two", "", "", "G\u00fcnter \ud83d\ude00\r", "ab\rc");
        assertThat(Nets.text(await(stream.readUntil(CRLF, 11)))).isEqualTo("head\rer\r\r\n");
        assertThat(await(stream.readExactly(0))).isEmpty();
        assertThat(Nets.text(await(stream.readExactly(5)))).isEqualTo("12345");
        assertThat(await(stream.read(1))).containsExactly('x');
        ByteBuffer full = ByteBuffer.allocate(0);
        assertThat(await(stream.read(full))).isZero();
        ByteBuffer two = ByteBuffer.allocateDirect(2);
        while (two.hasRemaining()) {
            assertThat(await(stream.read(two))).isPositive();
        }
        assertThat(two.flip()).isEqualTo(ByteBuffer.wrap("yz".getBytes(UTF_8)));
        assertThat(Nets.text(await(stream.readAll(9)))).isEqualTo("last line");
        assertThat(await(stream.read(1))).isNull();
        assertThat(await(stream.readLine())).isNull();
        assertThat(await(stream.readAll(0))).isEmpty();
        assertThat(await(stream.read(ByteBuffer.allocate(1)))).isEqualTo(-1);
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> writesInPieces(ByteStream stream, int size, Duration pause)
            throws IOException {
        for (int from = 0; from < BYTES.length; from += size) {
            int length = Math.min(size, BYTES.length - from);
            await(stream.write(ByteBuffer.wrap(BYTES, from, length)));
            await(sleep(pause));
        }
        await(stream.closeOutput());
        return Coroutine.done();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 7, 11, 16, 1_000})
    @Async
    Coroutine<Void> piecesOfAnySize(int size) throws IOException {
        ByteStream.Pair pair = ByteStream.pair(1_000);
        Task<Void> writing =
                Task.create(() -> writesInPieces(pair.left(), size, Duration.ofSeconds(1)));
        await(readsEverything(pair.right()));
        await(writing);
        return Coroutine.done();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 10, 1_000})
    @Async
    Coroutine<Void> capacitiesOfAnySize(int capacity) throws IOException {
        ByteStream.Pair pair = ByteStream.pair(capacity);
        Task<Void> writing = Task.create(() -> writesInPieces(pair.left(), BYTES.length, ZERO));
        await(readsEverything(pair.right()));
        await(writing);
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> randomPieces() throws IOException {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            ByteStream.Pair pair = ByteStream.pair(1 + random.nextInt(20));
            Task<Void> writing =
                    Task.create(
                            () ->
                                    writesInPieces(
                                            pair.left(),
                                            1 + random.nextInt(20),
                                            Duration.ofSeconds(random.nextInt(2))));
            await(readsEverything(pair.right()));
            await(writing);
        }
        return Coroutine.done();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 1_000})
    @Async
    Coroutine<Void> piecesFromARealSocket(int size) throws IOException {
        try (Server server = Server.bind(Nets.ANY);
                Socket peer = Nets.plain(server.address());
                ByteStream stream = await(server.accept())) {
            peer.setTcpNoDelay(true);
            Task<Void> writing = Task.create(() -> sendsInPieces(peer, size));
            await(readsEverything(stream));
            await(writing);
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> sendsInPieces(Socket peer, int size) throws IOException {
        OutputStream output = peer.getOutputStream();
        for (int from = 0; from < BYTES.length; from += size) {
            output.write(BYTES, from, Math.min(size, BYTES.length - from));
            await(sleep(ofMillis(1))); // virtual: the reader has its turn before
        }
        peer.shutdownOutput();
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aGatheredWriteKeepsTheOrderOfItsBuffers() throws IOException {
        byte[] bytes = Nets.numbered(400_000);
        ByteBuffer direct = ByteBuffer.allocateDirect(100_000).put(bytes, 200_000, 100_000).flip();
        ByteBuffer[] buffers = {
            ByteBuffer.wrap(bytes, 0, 1),
            ByteBuffer.allocate(0),
            ByteBuffer.wrap(bytes, 1, 199_999).asReadOnlyBuffer(),
            direct,
            ByteBuffer.wrap(bytes, 300_000, 100_000),
            ByteBuffer.allocate(0)
        };
        try (Nets.Tcp tcp = await(Nets.Tcp.open())) {
            Task<Void> writing = Task.create(() -> tcp.client().write(buffers));
            assertThat(await(tcp.served().readExactly(400_000))).isEqualTo(bytes);
            await(writing);
            assertThat(buffers).noneMatch(ByteBuffer::hasRemaining);
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aReadReturnsAsSoonAsOneByteIsThere(TestClock clock) throws IOException {
        ByteStream.Pair pair = ByteStream.pair(100);
        EventLoop.current().callLater(Duration.ofSeconds(3), () -> writes(pair.left(), "a"));
        assertThat(await(pair.right().read(100))).containsExactly('a');
        assertThat(clock.elapsed()).isEqualTo(Duration.ofSeconds(3));
        return Coroutine.done();
    }

    private static void writes(ByteStream stream, String text) {
        Task.create(() -> stream.write(text));
    }
}
