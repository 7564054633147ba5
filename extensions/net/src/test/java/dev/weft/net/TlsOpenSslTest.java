package dev.weft.net;

import static dev.weft.Weft.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.junit.WeftTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** TLS with OpenSSL as the other side. */
@WeftTest
class TlsOpenSslTest {
    @TempDir static Path directory;

    private static String authority = "";
    private static String key = "";

    @BeforeAll
    static void prepare() throws IOException, GeneralSecurityException, InterruptedException {
        boolean isInstalled = OpenSsl.isInstalled();
        if (!isInstalled) {
            System.err.println("SKIPPED: TlsOpenSslTest, since openssl is not installed");
        }
        assumeTrue(isInstalled, "openssl is not installed");
        authority = Certificates.writePem(directory, "ca").toString();
        key = Certificates.writePem(directory, "server").toString();
    }

    private static OpenSsl client(Server server, String... more) throws IOException {
        int port = ((InetSocketAddress) server.address()).getPort();
        String[] first = {
            "s_client",
            "-connect",
            "127.0.0.1:" + port,
            "-CAfile",
            authority,
            "-verify_return_error",
            "-verify_hostname",
            "localhost"
        };
        return OpenSsl.start(concat(first, more));
    }

    private static OpenSsl server(String... more) throws IOException {
        String[] first = {
            "s_server", "-accept", "127.0.0.1:0", "-naccept", "1", "-cert", key, "-key", key
        };
        return OpenSsl.start(concat(first, more));
    }

    private static String[] concat(String[] first, String[] second) {
        return java.util.stream.Stream.of(first, second)
                .flatMap(java.util.Arrays::stream)
                .toArray(String[]::new);
    }

    @Async
    private static Coroutine<ByteStream> accept(Server server, TlsOptions options)
            throws IOException {
        return Tls.server(await(server.accept()), options);
    }

    @Async
    private static Coroutine<ByteStream> connect(OpenSsl server, TlsOptions options)
            throws IOException {
        String address = await(server.line("ACCEPT "));
        int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
        InetAddress loopback = InetAddress.getLoopbackAddress();
        ByteStream plain = await(ByteStream.connect(new InetSocketAddress(loopback, port)));
        return Tls.client(plain, options);
    }

    @ParameterizedTest
    @CsvSource({"-tls1_2, TLSv1.2", "-tls1_3, TLSv1.3"})
    @Async
    Coroutine<Void> aClientOfOpenSslIsServed(String option, String version) throws IOException {
        try (Server server = Server.bind(TlsTcpTest.ANY);
                OpenSsl openssl = client(server, option, "-alpn", "h2,http/1.1")) {
            ByteStream stream = await(accept(server, TlsPairs.server().protocols("http/1.1")));
            assertThat(Tls.protocol(stream)).isEqualTo("http/1.1");
            await(openssl.line("Verify return code: 0 (ok)"));
            openssl.type("hello");
            String line = await(stream.readLine());
            await(stream.write(line.toUpperCase(Locale.ROOT) + " by " + version + "\n"));
            await(openssl.line("HELLO by " + version));
            openssl.type("Q");
            assertThat(await(stream.read(1))).isNull(); // close_notify
            stream.close();
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aDemandForNewKeysIsAnswered() throws IOException {
        try (Server server = Server.bind(TlsTcpTest.ANY);
                OpenSsl openssl = client(server, "-tls1_3", "-msg")) {
            ByteStream stream = await(accept(server, TlsPairs.server()));
            await(openssl.line("NewSessionTicket"));
            openssl.type("K");
            await(openssl.line(">>> TLS 1.3, Handshake [length 0005], KeyUpdate"));
            openssl.type("hello");
            assertThat(await(stream.readLine())).isEqualTo("hello");
            await(openssl.line("<<< TLS 1.3, Handshake [length 0005], KeyUpdate"));
            await(stream.write("answer\n"));
            await(openssl.line("answer"));
            stream.close();
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aClientThatAsksForARenegotiationIsRefused() throws IOException {
        try (Server server = Server.bind(TlsTcpTest.ANY);
                OpenSsl openssl = client(server, "-tls1_2")) {
            ByteStream stream = await(accept(server, TlsPairs.server()));
            await(openssl.line("Verify return code: 0 (ok)"));
            openssl.type("R");
            assertThat(await(TlsPairs.failure(stream.readLine())))
                    .isInstanceOf(SSLException.class)
                    .hasMessageContaining("renegotiation");
            stream.close();
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aKilledClientHasTruncatedTheStream() throws IOException {
        try (Server server = Server.bind(TlsTcpTest.ANY);
                OpenSsl openssl = client(server, "-tls1_3")) {
            ByteStream stream = await(accept(server, TlsPairs.server()));
            openssl.type("hello");
            assertThat(await(stream.readLine())).isEqualTo("hello");
            openssl.close();
            assertThat(await(TlsPairs.failure(stream.readLine())))
                    .isInstanceOfAny(
                            TruncatedStreamException.class, ConnectionResetException.class);
            stream.close();
        }
        return Coroutine.done();
    }

    @ParameterizedTest
    @CsvSource({"-tls1_2, TLSv1.2", "-tls1_3, TLSv1.3", "-tls1_3, TLS"})
    @Async
    Coroutine<Void> aServerOfOpenSslAnswers(String option, String version) throws IOException {
        try (OpenSsl openssl = server(option, "-rev", "-alpn", "h2")) {
            TlsOptions options = TlsPairs.client(version).protocols("h2", "http/1.1");
            ByteStream stream = await(connect(openssl, options));
            assertThat(Tls.protocol(stream)).isEqualTo("h2");
            await(stream.write("hello\n"));
            assertThat(await(stream.readLine())).isEqualTo("olleh");
            await(stream.closeOutput());
            assertThat(await(stream.readAll(100))).isEmpty();
            stream.close();
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aServerThatAsksForARenegotiationIsRefused() throws IOException {
        try (OpenSsl openssl = server("-tls1_2")) {
            ByteStream stream = await(connect(openssl, TlsPairs.client(TlsPairs.V12)));
            await(stream.write("hello\n"));
            await(openssl.line("hello"));
            openssl.type("r");
            assertThat(await(TlsPairs.failure(stream.readLine())))
                    .isInstanceOf(SSLException.class)
                    .hasMessageContaining("renegotiation");
            stream.close();
        }
        return Coroutine.done();
    }
}
