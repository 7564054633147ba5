package dev.weft.net;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.timeoutOr;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.junit.WeftTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ends of a TLS stream, and operations that are cancelled. */
@WeftTest
class TlsEndsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ByteStream.Pair plain = ByteStream.pair(100_000);

    @BeforeAll
    static void makeKeys() {
        Certificates.prepare();
    }

    // ---- ends

    @Test
    @Async
    Coroutine<Void> afterCloseOutputReadsGoOn() throws IOException {
        ByteStream.Pair pair = await(TlsPairs.secure(plain, TlsPairs.V13));
        await(pair.left().write("question"));
        await(pair.left().closeOutput());
        assertThat(await(pair.right().readAll(100))).isEqualTo("question".getBytes(UTF_8));
        await(pair.right().write("answer"));
        pair.right().close();
        assertThat(await(pair.left().readAll(100))).isEqualTo("answer".getBytes(UTF_8));
        assertThat(await(pair.left().read(1))).isNull();
        await(pair.left().closeOutput()); // harmless
        assertThat(await(TlsPairs.failure(pair.left().write("more"))))
                .isInstanceOf(StreamClosedException.class)
                .hasMessage("output closed");
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> beforeTls13TheEndOfOneDirectionEndsBoth() throws IOException {
        ByteStream.Pair pair = await(TlsPairs.secure(plain, TlsPairs.V12));
        await(pair.right().write("before"));
        await(pair.left().closeOutput());
        assertThat(await(pair.right().read(1))).isNull();
        assertThat(await(TlsPairs.failure(pair.right().write("more"))))
                .isInstanceOf(ConnectionResetException.class)
                .hasMessageContaining("before TLS 1.3");
        assertThat(await(pair.left().readAll(100))).isEqualTo("before".getBytes(UTF_8));
        return Coroutine.done();
    }

    @ParameterizedTest
    @ValueSource(strings = {TlsPairs.V12, TlsPairs.V13})
    @Async
    Coroutine<Void> closeSendsCloseNotifyAndClosesThePlainStream(String version)
            throws IOException {
        ByteStream.Pair pair = await(TlsPairs.secure(plain, version));
        await(pair.left().write("last"));
        pair.left().close();
        pair.left().close();
        assertThat(plain.left().isClosed()).isTrue();
        assertThat(await(pair.right().readAll(100))).isEqualTo("last".getBytes(UTF_8));
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> closeDoesNotWaitForThePlainStream() throws IOException {
        ByteStream.Pair pair = await(TlsPairs.secure(ByteStream.pair(100), TlsPairs.V13));
        assertThat(await(timeoutOr(SECOND, pair.left().write(new byte[1_000]), null))).isNull();
        pair.left().close();
        assertThat(await(TlsPairs.failure(pair.right().readAll(2_000))))
                .isInstanceOf(TruncatedStreamException.class);
        return Coroutine.done();
    }

    @ParameterizedTest
    @ValueSource(strings = {TlsPairs.V12, TlsPairs.V13})
    @Async
    Coroutine<Void> anEndWithoutCloseNotifyIsTruncated(String version) throws IOException {
        ByteStream.Pair pair = await(TlsPairs.secure(plain, version));
        await(pair.left().write("last"));
        plain.left().close();
        assertThat(await(pair.right().readExactly(4))).isEqualTo("last".getBytes(UTF_8));
        for (int i = 0; i < 2; i++) {
            assertThat(await(TlsPairs.failure(pair.right().read(1))))
                    .isInstanceOf(TruncatedStreamException.class)
                    .hasMessageContaining("without close_notify");
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aLenientStreamEndsWithoutCloseNotify() throws IOException {
        ByteStream.Pair pair =
                await(
                        TlsPairs.secure(
                                plain, TlsPairs.client(TlsPairs.V13), TlsPairs.server().lenient()));
        await(pair.left().write("last"));
        plain.left().close();
        assertThat(await(pair.right().readAll(100))).isEqualTo("last".getBytes(UTF_8));
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aWaitingReadEndsWhenThePlainStreamIsClosed() throws IOException {
        ByteStream.Pair pair = await(TlsPairs.secure(plain, TlsPairs.V13));
        Task<Throwable> reading = Task.create(() -> TlsPairs.failure(pair.left().read(1)));
        await(sleep(SECOND));
        plain.left().close();
        assertThat(await(reading)).isInstanceOf(StreamClosedException.class);
        return Coroutine.done();
    }

    // ---- cancellation

    @Test
    @Async
    Coroutine<Void> cancelledReadsLoseNoByte() throws IOException {
        Random random = new Random(7);
        ByteStream.Pair pair = await(TlsPairs.secure(ByteStream.pair(500), TlsPairs.V13));
        byte[] sent = TlsPairs.random(200_000);
        Task<Void> sending = Task.create(() -> sendSlowly(pair.left(), sent));
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        for (int i = 0; i < 1_000; i++) {
            int max = 1 + random.nextInt(300);
            Duration limit = Duration.ofNanos(1 + random.nextInt(2_000_000));
            byte[] some =
                    random.nextBoolean()
                            ? await(timeoutOr(limit, pair.right().read(max), null))
                            : await(timeoutOr(limit, pair.right().readExactly(max), null));
            received.writeBytes(some == null ? new byte[0] : some);
        }
        assertThat(received.size()).isPositive().isLessThan(sent.length);
        received.writeBytes(await(pair.right().readAll(sent.length)));
        assertThat(received.toByteArray()).isEqualTo(sent);
        await(sending);
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> sendSlowly(ByteStream stream, byte[] bytes) throws IOException {
        Random random = new Random(8);
        for (int at = 0; at < bytes.length; ) {
            int count = Math.min(1 + random.nextInt(1_000), bytes.length - at);
            await(stream.write(ByteBuffer.wrap(bytes, at, count)));
            at += count;
            await(sleep(Duration.ofNanos(random.nextInt(2_000_000))));
        }
        return stream.closeOutput();
    }

    @Test
    @Async
    Coroutine<Void> aWriteHasBegunWithItsFirstRecords() throws IOException {
        ByteStream.Pair pair = await(TlsPairs.secure(ByteStream.pair(100), TlsPairs.V12));
        await(timeoutOr(SECOND, pair.left().write(new byte[50_000]), null));
        assertThat(await(TlsPairs.failure(pair.left().write("more"))))
                .hasMessageContaining("a write was cancelled after 32,768 of 50,000 bytes");
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aCancelledWriteWhoseRecordsAreEncryptedArrivesWithoutAnotherWrite()
            throws IOException {
        ByteStream.Pair pair = await(TlsPairs.secure(ByteStream.pair(100), TlsPairs.V12));
        byte[] sent = TlsPairs.random(1_000);
        await(timeoutOr(SECOND, pair.left().write(sent), null));
        assertThat(await(pair.right().readExactly(1_000))).isEqualTo(sent);
        await(pair.left().write("more"));
        assertThat(await(pair.right().readExactly(4))).isEqualTo("more".getBytes(UTF_8));
        return Coroutine.done();
    }
}
