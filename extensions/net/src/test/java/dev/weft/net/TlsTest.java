package dev.weft.net;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.junit.WeftTest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of a TLS stream, on two ends in memory. */
@WeftTest
class TlsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @BeforeAll
    static void makeKeys() {
        Certificates.prepare();
    }

    private final ByteStream.Pair plain = ByteStream.pair(100_000);

    @ParameterizedTest
    @CsvSource({
        "1, TLSv1.2", "2, TLSv1.2", "17, TLSv1.2", "100000, TLSv1.2",
        "1, TLSv1.3", "2, TLSv1.3", "17, TLSv1.3", "100000, TLSv1.3"
    })
    @Async
    Coroutine<Void> bytesComeThroughInFragmentsOfAnySize(int capacity, String version)
            throws IOException {
        ByteStream.Pair pair = await(TlsPairs.secure(ByteStream.pair(capacity), version));
        byte[] sent = TlsPairs.random(capacity < 10 ? 20_000 : 60_000);
        Task<Void> there = Task.create(() -> sendAndEnd(pair.left(), sent));
        assertThat(await(pair.right().readAll(sent.length))).isEqualTo(sent);
        await(there);
        pair.right().close();
        pair.left().close();
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> sendAndEnd(ByteStream stream, byte[] bytes) throws IOException {
        await(stream.write(bytes));
        return stream.closeOutput();
    }

    @ParameterizedTest
    @ValueSource(strings = {TlsPairs.V12, TlsPairs.V13})
    @Async
    Coroutine<Void> bothSidesSendMuchAtOnce(String version) throws IOException {
        ByteStream.Pair pair = await(TlsPairs.secure(ByteStream.pair(1_000), version));
        byte[] sent = TlsPairs.random(1_000_000);
        Task<Void> there = Task.create(() -> pair.left().write(sent));
        Task<Void> back = Task.create(() -> pair.right().write(sent));
        Task<byte[]> backRead = Task.create(() -> pair.left().readExactly(sent.length));
        assertThat(await(pair.right().readExactly(sent.length))).isEqualTo(sent);
        assertThat(await(backRead)).isEqualTo(sent);
        await(there);
        await(back);
        pair.left().close();
        pair.right().close();
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aRecordIsReadInSmallParts() throws IOException {
        ByteStream.Pair pair = await(TlsPairs.secure(plain, TlsPairs.V13));
        await(pair.left().write("hello"));
        assertThat(await(pair.right().read(2))).isEqualTo("he".getBytes(UTF_8));
        ByteBuffer direct = ByteBuffer.allocateDirect(2);
        assertThat(await(pair.right().read(direct))).isEqualTo(2);
        assertThat(direct.flip()).isEqualTo(ByteBuffer.wrap("ll".getBytes(UTF_8)));
        assertThat(await(pair.right().read(100))).isEqualTo("o".getBytes(UTF_8));
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aReadTakesManySmallRecords() throws IOException {
        ByteStream.Pair pair = await(TlsPairs.secure(plain, TlsPairs.V13));
        await(TlsPairs.sendPieces(pair.left(), 200, 10)); // all of them are here before the read
        assertThat(await(pair.right().readExactly(2_000))).hasSize(2_000);
        return Coroutine.done();
    }

    // ---- the plain stream

    @Test
    @Async
    Coroutine<Void> thePlainStreamBelongsToTls() throws IOException {
        ByteStream.Pair pair = await(TlsPairs.secure(plain, TlsPairs.V13));
        assertThat(await(TlsPairs.failure(plain.left().read(1))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cannot read: TLS reads this stream");
        assertThat(await(TlsPairs.failure(plain.left().write("x"))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cannot write: TLS writes to this stream");
        assertThat(await(TlsPairs.failure(Tls.client(plain.left(), "localhost"))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("TLS cannot begin: TLS uses the stream");
        await(pair.left().write("unharmed"));
        assertThat(await(pair.right().readExactly(8))).isEqualTo("unharmed".getBytes(UTF_8));
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aClosedStreamIsRefused() throws IOException {
        plain.left().close();
        assertThat(await(TlsPairs.failure(Tls.client(plain.left(), "localhost"))))
                .isInstanceOf(StreamClosedException.class);
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> bytesReadAheadArePartOfTheHandshake() throws IOException {
        Task<ByteStream> serving = Task.create(() -> upgrade(plain.right()));
        await(plain.left().write("STARTTLS\n"));
        // no answer is awaited, so that ClientHello may come together with the line
        ByteStream left = await(Tls.client(plain.left(), TlsPairs.client(TlsPairs.V13)));
        ByteStream right = await(serving);
        await(left.write("secret\n"));
        assertThat(await(right.readLine())).isEqualTo("secret");
        return Coroutine.done();
    }

    @Async
    private static Coroutine<ByteStream> upgrade(ByteStream stream) throws IOException {
        await(sleep(SECOND));
        assertThat(await(stream.readLine())).isEqualTo("STARTTLS");
        assertThat(stream.ahead).isNotNull();
        return Tls.server(stream, TlsPairs.server());
    }

    @Test
    @Async
    Coroutine<Void> tlsGoesThroughTls() throws IOException {
        ByteStream.Pair outer = await(TlsPairs.secure(ByteStream.pair(1_000), TlsPairs.V13));
        ByteStream.Pair pair = await(TlsPairs.secure(outer, TlsPairs.V13));
        byte[] sent = TlsPairs.random(100_000);
        Task<Void> there = Task.create(() -> sendAndEnd(pair.left(), sent));
        assertThat(await(pair.right().readAll(sent.length))).isEqualTo(sent);
        await(there);
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> inputThatNobodyReadsIsReportedAsUnwanted() throws IOException {
        Tap tap = new Tap(plain.right());
        ByteStream.Pair pair =
                await(TlsPairs.secure(new ByteStream.Pair(plain.left(), tap), TlsPairs.V13));
        await(pair.left().write("unread"));
        assertThat(tap.reportInput()).isFalse();
        assertThat(tap.reportOutput()).isFalse();
        assertThat(await(pair.right().readExactly(6))).isEqualTo("unread".getBytes(UTF_8));
        Task<byte[]> reading = Task.create(() -> pair.right().read(1));
        await(sleep(SECOND));
        assertThat(tap.reportInput()).isTrue();
        await(pair.left().write("x"));
        await(reading);
        return Coroutine.done();
    }

    @ParameterizedTest
    @ValueSource(strings = {TlsPairs.V12, TlsPairs.V13})
    @Async
    Coroutine<Void> aReadTakesAllRecordsThatHaveCome(String version) throws IOException {
        ByteStream.Pair pair = await(TlsPairs.secure(plain, version));
        byte[] sent = TlsPairs.random(16_384); // the engine of TLS 1.3 makes two records of it
        await(pair.left().write(sent));
        assertThat(await(pair.right().read(20_000))).isEqualTo(sent);
        await(pair.left().write(sent));
        await(pair.left().write("more"));
        assertThat(await(pair.right().read(16_384))).isEqualTo(sent);
        assertThat(await(pair.right().read(100))).isEqualTo("more".getBytes(UTF_8));
        return Coroutine.done();
    }

    // ---- memory

    @ParameterizedTest
    @ValueSource(strings = {TlsPairs.V12, TlsPairs.V13})
    @Async
    Coroutine<Void> anIdleStreamHasNoBuffers(String version) throws IOException {
        ByteStream.Pair pair = await(TlsPairs.secure(plain, version));
        TlsStream left = (TlsStream) pair.left();
        TlsStream right = (TlsStream) pair.right();
        Task<byte[]> waiting = Task.create(() -> pair.left().readExactly(6));
        await(pair.left().write("question"));
        assertThat(await(pair.right().readExactly(4))).isEqualTo("ques".getBytes(UTF_8));
        assertThat(right.ahead == null && right.hasBuffers()).isTrue();
        assertThat(await(pair.right().readExactly(4))).isEqualTo("tion".getBytes(UTF_8));
        assertThat(left.hasBuffers()).isFalse();
        assertThat(right.hasBuffers()).isFalse();
        await(pair.right().write("answer"));
        await(waiting);
        assertThat(left.hasBuffers()).isFalse();
        assertThat(right.hasBuffers()).isFalse();
        return Coroutine.done();
    }

    // ---- the session

    @ParameterizedTest
    @ValueSource(strings = {TlsPairs.V12, TlsPairs.V13})
    @Async
    Coroutine<Void> theSessionHasTheVersionAndTheCertificates(String version) throws Exception {
        ByteStream.Pair pair = await(TlsPairs.secure(plain, version));
        SSLSession client = Tls.session(pair.left());
        assertThat(client.getProtocol()).isEqualTo(version);
        assertThat(client.getPeerPrincipal().getName()).contains("CN=server");
        assertThat(Tls.session(pair.right()).getCipherSuite()).isEqualTo(client.getCipherSuite());
        assertThatThrownBy(() -> Tls.session(pair.right()).getPeerCertificates())
                .isInstanceOf(SSLPeerUnverifiedException.class);
        pair.left().close();
        assertThat(Tls.session(pair.left())).isSameAs(client);
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aStreamWithoutTlsHasNoSession() {
        assertThatThrownBy(() -> Tls.session(plain.left()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the stream has no TLS");
        return Coroutine.done();
    }

    // ---- ALPN

    @Test
    @Async
    Coroutine<Void> theServerChoosesAProtocol() throws IOException {
        ByteStream.Pair pair =
                await(
                        TlsPairs.secure(
                                plain,
                                TlsPairs.client(TlsPairs.V13).protocols("http/1.1", "h2"),
                                TlsPairs.server().protocols("h2", "http/1.1")));
        assertThat(Tls.protocol(pair.left())).isEqualTo("h2");
        assertThat(Tls.protocol(pair.right())).isEqualTo("h2");
        assertThat(Tls.protocol(plain.left())).isEmpty();
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> withoutAnOfferThereIsNoProtocol() throws IOException {
        SSLContext context = TlsPairs.serverContext();
        Task<ByteStream> serving = Task.create(() -> Tls.server(plain.right(), context, "h2"));
        ByteStream left = await(Tls.client(plain.left(), TlsPairs.client(TlsPairs.V13)));
        assertThat(Tls.protocol(left)).isEmpty();
        assertThat(Tls.protocol(await(serving))).isEmpty();
        return Coroutine.done();
    }
}
