package dev.weft.net;

import static dev.weft.Weft.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.junit.WeftTest;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.security.GeneralSecurityException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** TLS with Netty as the other side. Over a million bytes, the keys of TLS 1.3 change. */
@WeftTest
class TlsNettyTest {
    private static final ApplicationProtocolConfig PROTOCOLS =
            new ApplicationProtocolConfig(
                    Protocol.ALPN,
                    SelectorFailureBehavior.NO_ADVERTISE,
                    SelectedListenerFailureBehavior.ACCEPT,
                    "h2",
                    "http/1.1");

    @BeforeAll
    static void makeKeys() {
        Certificates.prepare();
    }

    @ParameterizedTest
    @CsvSource({
        "TLSv1.2, 7, 20000",
        "TLSv1.3, 7, 20000",
        "TLSv1.2, 5000, 1000000",
        "TLSv1.3, 5000, 1000000",
        "TLSv1.3, 1000000, 3000000"
    })
    @Async
    Coroutine<Void> aServerOfNettySendsAllBack(String version, int fragment, int size)
            throws IOException, GeneralSecurityException {
        SslContextBuilder builder = SslContextBuilder.forServer(Certificates.keys("server"));
        try (NettyTls netty = new NettyTls(built(builder, version), fragment)) {
            ByteStream plain = await(ByteStream.connect(netty.serve()));
            TlsOptions options = TlsPairs.client("TLS").protocols("http/1.1", "h2");
            ByteStream stream = await(Tls.client(plain, options));
            assertThat(Tls.protocol(stream)).isEqualTo("h2");
            await(sendAndCompare(stream, size));
            await(stream.closeOutput());
            assertThat(await(stream.read(1))).isNull(); // Netty answers with close_notify
            stream.close();
        }
        return Coroutine.done();
    }

    @ParameterizedTest
    @CsvSource({
        "TLSv1.2, 7, 20000",
        "TLSv1.3, 7, 20000",
        "TLSv1.2, 5000, 1000000",
        "TLSv1.3, 5000, 1000000"
    })
    @Async
    Coroutine<Void> aClientOfNettySendsAllBack(String version, int fragment, int size)
            throws IOException, GeneralSecurityException {
        SslContextBuilder builder =
                SslContextBuilder.forClient().trustManager(Certificates.trust());
        try (NettyTls netty = new NettyTls(built(builder, version), fragment);
                Server server = Server.bind(TlsTcpTest.ANY)) {
            netty.connect(server.address());
            ByteStream plain = await(server.accept());
            ByteStream stream = await(Tls.server(plain, TlsPairs.server().protocols("h2")));
            assertThat(Tls.protocol(stream)).isEqualTo("h2");
            await(sendAndCompare(stream, size));
            stream.close();
        }
        return Coroutine.done();
    }

    private static io.netty.handler.ssl.SslContext built(SslContextBuilder builder, String version)
            throws IOException {
        return builder.sslProvider(SslProvider.JDK)
                .protocols(version)
                .applicationProtocolConfig(PROTOCOLS)
                .build();
    }

    @Async
    private static Coroutine<Void> sendAndCompare(ByteStream stream, int size) throws IOException {
        byte[] sent = TlsPairs.random(size);
        Task<Void> writing = Task.create(() -> stream.write(sent));
        assertThat(await(stream.readExactly(size))).isEqualTo(sent);
        await(writing);
        return Coroutine.done();
    }
}
