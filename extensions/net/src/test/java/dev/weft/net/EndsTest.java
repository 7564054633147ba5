package dev.weft.net;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Task;
import dev.weft.junit.TestClock;
import dev.weft.junit.WeftTest;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** Half-close, close, abort and reset. */
@WeftTest
class EndsTest {
    private final ByteStream.Pair pair = ByteStream.pair(100);
    private final ByteStream left = pair.left();
    private final ByteStream right = pair.right();

    // ---- half-close

    @Test
    @Async
    Coroutine<Void> afterCloseOutputTheOtherSideReadsTheEndAndThisSideGoesOnReading()
            throws IOException {
        try (Nets.Tcp tcp = await(Nets.Tcp.open())) {
            await(isHalfClosed(left, right));
            await(isHalfClosed(tcp.client(), tcp.served()));
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> isHalfClosed(ByteStream one, ByteStream other)
            throws IOException {
        await(one.write("last words"));
        await(one.closeOutput());
        await(one.closeOutput());
        assertThat(Nets.text(await(other.readAll(100)))).isEqualTo("last words");
        await(other.write("answer"));
        assertThat(Nets.text(await(one.readExactly(6)))).isEqualTo("answer");
        assertThat(await(Nets.failure(() -> one.write("x"))))
                .isInstanceOf(StreamClosedException.class)
                .hasMessage("output closed");
        await(other.closeOutput());
        assertThat(await(one.read(1))).isNull();
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> closeOutputWhileAWriteWaitsNamesBoth() throws IOException {
        Task<Void> writing = Task.create("writer", () -> left.write(new byte[200]));
        await(sleep(ZERO));
        Task<Throwable> refused =
                Task.create("closer", () -> Nets.failure(() -> left.closeOutput()));
        assertThat(await(refused))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("writer")
                .hasMessageContaining("closer");
        await(right.readExactly(200));
        await(writing);
        return Coroutine.done();
    }

    // ---- close

    @Test
    @Async
    Coroutine<Void> whoWaitsLearnsWhoHasClosed(TestClock clock) throws IOException {
        try (Nets.Tcp tcp = await(Nets.Tcp.open())) {
            await(closingEndsBothWaits(left));
            await(closingEndsBothWaits(tcp.client()));
            assertThat(clock.elapsed()).isEqualTo(ofSeconds(2));
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> closingEndsBothWaits(ByteStream stream) throws IOException {
        Task<Throwable> reading = Task.create(() -> Nets.failure(() -> stream.readLine()));
        Task<Throwable> writing =
                Task.create(() -> Nets.failure(() -> stream.write(new byte[50_000_000])));
        await(sleep(ofSeconds(1)));
        await(Task.create("Terminator", () -> closes(stream)));
        for (Task<Throwable> waited : java.util.List.of(reading, writing)) {
            assertThat(await(waited))
                    .isInstanceOf(StreamClosedException.class)
                    .isInstanceOf(java.nio.channels.ClosedChannelException.class)
                    .hasMessage("closed by task Terminator");
        }
        stream.close();
        stream.abort();
        assertThat(await(Nets.failure(() -> stream.read(1))))
                .hasMessage("closed by task Terminator");
        assertThat(await(Nets.failure(() -> stream.write("x"))))
                .hasMessage("closed by task Terminator");
        assertThat(await(Nets.failure(() -> stream.closeOutput())))
                .hasMessage("closed by task Terminator");
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> closes(ByteStream stream) {
        stream.close();
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> outsideOfATaskTheMessageNamesNone() throws IOException {
        Task<Throwable> reading = Task.create(() -> Nets.failure(() -> left.read(1)));
        await(sleep(ZERO));
        EventLoop.current().callSoon(left::close);
        assertThat(await(reading)).isInstanceOf(StreamClosedException.class).hasMessage("closed");
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> whatWasWrittenBeforeTheCloseArrives() throws IOException {
        try (Nets.Tcp tcp = await(Nets.Tcp.open())) {
            await(left.write("memory"));
            left.close();
            assertThat(Nets.text(await(right.readAll(100)))).isEqualTo("memory");
            byte[] bytes = Nets.numbered(200_000);
            await(tcp.client().write(bytes));
            tcp.client().close();
            assertThat(await(tcp.served().readAll(200_000))).isEqualTo(bytes);
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> bytesReadAheadAreGoneAfterTheClose() throws IOException {
        await(left.write("one\ntwo\n"));
        await(right.readLine());
        right.close();
        assertThat(await(Nets.failure(() -> right.readLine())))
                .isInstanceOf(StreamClosedException.class);
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> anAbortOfAPairIsAsAClose() throws IOException {
        await(left.write("x"));
        left.abort();
        assertThat(await(right.readAll(10))).containsExactly('x');
        assertThat(await(Nets.failure(() -> right.write("x"))))
                .isInstanceOf(ConnectionResetException.class);
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aWriterToAPairLearnsThatItsReaderHasGone() throws IOException {
        Task<Throwable> writing =
                Task.create(() -> Nets.failure(() -> left.write(new byte[1_000])));
        await(sleep(ofSeconds(1)));
        right.close();
        assertThat(await(writing)).isInstanceOf(ConnectionResetException.class);
        assertThat(await(left.read(1))).isNull();
        return Coroutine.done();
    }

    // ---- reset

    @Test
    @Async
    Coroutine<Void> aResetEndsAWaitingRead() throws IOException {
        try (Server server = Server.bind(Nets.ANY);
                Socket peer = Nets.plain(server.address());
                ByteStream stream = await(server.accept())) {
            Task<Throwable> reading = Task.create(() -> Nets.failure(() -> stream.readLine()));
            await(sleep(ZERO));
            peer.setSoLinger(true, 0);
            Nets.close(peer);
            assertThat(await(reading))
                    .isInstanceOf(ConnectionResetException.class)
                    .hasMessageContaining("reset");
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aResetEndsAWaitingWrite() throws IOException {
        try (Server server = Server.bind(Nets.ANY);
                Socket peer = Nets.plain(server.address());
                ByteStream stream = await(server.accept())) {
            Task<Throwable> writing =
                    Task.create(() -> Nets.failure(() -> stream.write(new byte[50_000_000])));
            await(sleep(ofSeconds(1)));
            assertThat(writing.done()).isFalse();
            peer.setSoLinger(true, 0);
            Nets.close(peer);
            assertThat(await(writing)).isInstanceOf(ConnectionResetException.class);
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aLoopOfWritesToAClosedPeerEnds() throws IOException {
        try (Server server = Server.bind(Nets.ANY);
                Socket peer = Nets.plain(server.address());
                ByteStream stream = await(server.accept())) {
            Nets.close(peer);
            int writes = 0;
            Throwable failure = null;
            while (failure == null && writes < 10_000) {
                try {
                    await(stream.write("x"));
                    writes++;
                } catch (IOException e) {
                    failure = e;
                }
            }
            assertThat(failure).isInstanceOf(ConnectionResetException.class);
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> abortResetsTheOtherSide() throws IOException {
        try (Server server = Server.bind(Nets.ANY);
                Socket peer = Nets.plain(server.address())) {
            ByteStream stream = await(server.accept());
            stream.abort();
            await(sleep(ofSeconds(1)));
            peer.setSoTimeout(5_000);
            Throwable thrown =
                    org.assertj.core.api.Assertions.catchThrowable(
                            () -> peer.getInputStream().read());
            assertThat(thrown)
                    .isInstanceOf(java.net.SocketException.class)
                    .hasMessageContaining("reset");
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> abortDropsWhatIsUnderWay() throws IOException {
        try (Nets.Tcp tcp = await(Nets.Tcp.open())) {
            Task<Throwable> writing =
                    Task.create(() -> Nets.failure(() -> tcp.client().write(new byte[50_000_000])));
            await(sleep(ofSeconds(1)));
            tcp.client().abort();
            assertThat(await(writing)).isInstanceOf(StreamClosedException.class);
            assertThat(await(Nets.failure(() -> tcp.served().readAll(60_000_000))))
                    .isInstanceOf(ConnectionResetException.class);
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> whatCameBeforeAResetIsReadOrTheResetIsThrown() throws IOException {
        try (Server server = Server.bind(Nets.ANY);
                Socket peer = Nets.plain(server.address());
                ByteStream stream = await(server.accept())) {
            peer.getOutputStream().write("one\ntwo".getBytes(UTF_8));
            assertThat(await(stream.readLine())).isEqualTo("one");
            peer.setSoLinger(true, 0);
            Nets.close(peer);
            // "two" was read ahead and is not lost
            assertThat(await(Nets.failure(() -> stream.readLine())))
                    .isInstanceOf(ConnectionResetException.class);
            assertThat(Nets.text(await(stream.readExactly(3)))).isEqualTo("two");
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> closeOutputAfterAResetIsNoSurprise() throws IOException {
        try (Server server = Server.bind(Nets.ANY);
                Socket peer = Nets.plain(server.address());
                ByteStream stream = await(server.accept())) {
            peer.setSoLinger(true, 0);
            Nets.close(peer);
            assertThat(await(Nets.failure(() -> stream.read(ByteBuffer.allocate(1)))))
                    .isInstanceOf(ConnectionResetException.class);
            try {
                await(stream.closeOutput());
            } catch (ConnectionResetException alsoFine) {
                assertThat(alsoFine).isNotNull();
            }
        }
        return Coroutine.done();
    }
}
