package dev.weft.net;

import static dev.weft.Weft.await;
import static dev.weft.Weft.blocking;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.timeoutOr;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.junit.WeftTest;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Handshakes that fail, and records that are wrong. */
@WeftTest
class TlsFaultTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ByteStream.Pair plain = ByteStream.pair(100_000);

    @BeforeAll
    static void makeKeys() {
        Certificates.prepare();
    }

    /** Lets both ends shake hands, and returns the failures of the client and of the server. */
    @Async
    private Coroutine<Throwable[]> failures(TlsOptions client, TlsOptions server)
            throws IOException {
        Task<Throwable> serving =
                Task.create(() -> TlsPairs.failure(Tls.server(plain.right(), server)));
        Throwable ofClient = await(TlsPairs.failure(Tls.client(plain.left(), client)));
        Throwable ofServer = await(serving);
        assertThat(plain.left().isClosed()).isTrue();
        assertThat(plain.right().isClosed()).isTrue();
        return Coroutine.of(new Throwable[] {ofClient, ofServer});
    }

    @ParameterizedTest
    @ValueSource(strings = {TlsPairs.V12, TlsPairs.V13})
    @Async
    Coroutine<Void> theCertificateMustHaveTheNameOfTheHost(String version) throws IOException {
        SSLContext context = Certificates.trusting(version);
        Throwable[] failures =
                await(failures(TlsOptions.host("example.org").context(context), TlsPairs.server()));
        assertThat(failures[0])
                .isInstanceOf(SSLException.class)
                .hasMessageContaining("example.org");
        assertThat(failures[1])
                .isInstanceOf(SSLException.class)
                .hasMessageContaining("Received fatal alert");
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> anUntrustedCertificateIsRefused() throws IOException {
        Throwable[] failures = await(failures(TlsOptions.host("localhost"), TlsPairs.server()));
        assertThat(failures[0])
                .isInstanceOf(SSLException.class)
                .hasMessageContaining("unable to find valid certification path");
        assertThat(failures[1]).isInstanceOf(SSLException.class);
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> anExpiredCertificateIsRefused() throws IOException {
        Throwable[] failures =
                await(
                        failures(
                                TlsPairs.client(TlsPairs.V13),
                                TlsOptions.server(Certificates.context("expired", "TLS"))));
        assertThat(failures[0])
                .isInstanceOf(SSLException.class)
                .hasStackTraceContaining("NotAfter");
        assertThat(failures[1])
                .isInstanceOf(SSLException.class)
                .hasMessageContaining("Received fatal alert");
        return Coroutine.done();
    }

    @ParameterizedTest
    @ValueSource(strings = {TlsPairs.V12, TlsPairs.V13})
    @Async
    Coroutine<Void> withoutACommonProtocolTheHandshakeFails(String version) throws IOException {
        Throwable[] failures =
                await(
                        failures(
                                TlsPairs.client(version).protocols("http/1.1"),
                                TlsPairs.server().protocols("h2")));
        assertThat(failures[0])
                .isInstanceOf(SSLException.class)
                .hasMessageContaining("no_application_protocol");
        assertThat(failures[1]).isInstanceOf(SSLException.class);
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> anAddressIsChecked() throws IOException {
        ByteStream.Pair pair =
                await(
                        TlsPairs.secure(
                                plain,
                                TlsOptions.host("127.0.0.1")
                                        .context(Certificates.trusting(TlsPairs.V13)),
                                TlsPairs.server()));
        assertThat(Tls.protocol(pair.left())).isEmpty();
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> anotherAddressIsRefused() throws IOException {
        SSLContext context = Certificates.trusting(TlsPairs.V13);
        Throwable[] failures =
                await(failures(TlsOptions.host("127.0.0.2").context(context), TlsPairs.server()));
        assertThat(failures[0]).isInstanceOf(SSLException.class).hasMessageContaining("127.0.0.2");
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aClientNeedsAHost() throws IOException {
        assertThat(await(TlsPairs.failure(Tls.client(plain.left(), TlsPairs.server()))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("TlsOptions.host");
        return Coroutine.done();
    }

    // ---- certificates of clients

    @ParameterizedTest
    @CsvSource({"TLSv1.2, REQUIRED", "TLSv1.3, REQUIRED", "TLSv1.3, WANTED"})
    @Async
    Coroutine<Void> aClientWithACertificateIsAccepted(
            String version, TlsOptions.ClientAuth clientAuth) throws IOException {
        ByteStream.Pair pair =
                await(
                        TlsPairs.secure(
                                plain,
                                TlsOptions.host("localhost")
                                        .context(Certificates.context("client", version)),
                                TlsPairs.server().clientAuth(clientAuth)));
        await(pair.left().write("known"));
        assertThat(await(pair.right().read(100))).isEqualTo("known".getBytes(UTF_8));
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aClientWithoutTheRequiredCertificateIsRefused() throws IOException {
        Throwable[] failures =
                await(
                        failures(
                                TlsPairs.client(TlsPairs.V12),
                                TlsPairs.server().clientAuth(TlsOptions.ClientAuth.REQUIRED)));
        assertThat(failures[0]).isInstanceOf(SSLException.class);
        assertThat(failures[1]).isInstanceOf(SSLException.class);
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> inTls13TheRefusalOfAClientIsSeenByItsFirstRead() throws IOException {
        Task<Throwable> serving =
                Task.create(
                        () ->
                                TlsPairs.failure(
                                        Tls.server(
                                                plain.right(),
                                                TlsPairs.server()
                                                        .clientAuth(
                                                                TlsOptions.ClientAuth.REQUIRED))));
        ByteStream left = await(Tls.client(plain.left(), TlsPairs.client(TlsPairs.V13)));
        for (int i = 0; i < 2; i++) {
            assertThat(await(TlsPairs.failure(left.read(1))))
                    .isInstanceOf(SSLException.class)
                    .hasMessageContaining("Received fatal alert");
        }
        assertThat(await(TlsPairs.failure(left.write("x")))).isInstanceOf(SSLException.class);
        assertThat(await(serving)).isInstanceOf(SSLException.class);
        left.close();
        return Coroutine.done();
    }

    // ---- interrupted handshakes

    @Test
    @Async
    Coroutine<Void> aCancelledHandshakeClosesThePlainStream() throws IOException {
        assertThat(await(timeoutOr(SECOND, Tls.client(plain.left(), "localhost"), null))).isNull();
        assertThat(plain.left().isClosed()).isTrue();
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> anEndDuringTheHandshakeIsAFailure() throws IOException {
        Task<Throwable> shaking =
                Task.create(() -> TlsPairs.failure(Tls.client(plain.left(), "localhost")));
        await(sleep(SECOND));
        plain.right().close();
        assertThat(await(shaking))
                .isInstanceOf(SSLException.class)
                .hasMessageContaining("closed the connection during the handshake");
        assertThat(plain.left().isClosed()).isTrue();
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> textInPlaceOfAHandshakeIsRefused() throws IOException {
        await(plain.left().write("GET / HTTP/1.0\r\n\r\n"));
        assertThat(await(TlsPairs.failure(Tls.server(plain.right(), TlsPairs.server()))))
                .isInstanceOf(SSLException.class);
        assertThat(plain.right().isClosed()).isTrue();
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> theComputationsOfAHandshakeDoNotHoldTheLoop()
            throws IOException, GeneralSecurityException {
        Slow slow = new Slow();
        SSLContext context = slow.context();
        Task<ByteStream> serving = Task.create(() -> Tls.server(plain.right(), TlsPairs.server()));
        Task<ByteStream> client =
                Task.create(
                        () ->
                                Tls.client(
                                        plain.left(),
                                        TlsOptions.host("localhost").context(context)));
        await(blocking(slow::awaitBegin));
        slow.end(); // a check on the thread of the loop would wait for this for ever
        await(client);
        await(serving);
        return Coroutine.done();
    }

    // ---- wrong records

    @ParameterizedTest
    @ValueSource(strings = {TlsPairs.V12, TlsPairs.V13})
    @Async
    Coroutine<Void> aForgedRecordFailsForGood(String version) throws IOException {
        Tap forger = new Tap(plain.left());
        ByteStream.Pair pair =
                await(TlsPairs.secure(new ByteStream.Pair(forger, plain.right()), version));
        await(pair.left().write("true"));
        assertThat(await(pair.right().readExactly(4))).isEqualTo("true".getBytes(UTF_8));
        forger.isForging = true;
        await(pair.left().write("false"));
        for (int i = 0; i < 2; i++) {
            assertThat(await(TlsPairs.failure(pair.right().read(100))))
                    .isInstanceOf(SSLException.class);
        }
        assertThat(await(TlsPairs.failure(pair.right().write("x"))))
                .isInstanceOf(SSLException.class);
        assertThat(await(TlsPairs.failure(pair.left().read(1))))
                .isInstanceOf(SSLException.class)
                .hasMessageContaining("bad_record_mac");
        return Coroutine.done();
    }

    @ParameterizedTest
    @ValueSource(strings = {TlsPairs.V12, TlsPairs.V13})
    @Async
    Coroutine<Void> aReadGivesWhatCameBeforeAForgedRecord(String version) throws IOException {
        Tap forger = new Tap(plain.left());
        ByteStream.Pair pair =
                await(TlsPairs.secure(new ByteStream.Pair(forger, plain.right()), version));
        await(pair.left().write("true"));
        forger.isForging = true;
        await(pair.left().write("false"));
        assertThat(await(pair.right().read(100))).isEqualTo("true".getBytes(UTF_8));
        assertThat(await(TlsPairs.failure(pair.right().read(100))))
                .isInstanceOf(SSLException.class);
        return Coroutine.done();
    }
}
