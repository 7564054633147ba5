package dev.weft.netty;

import static dev.weft.Weft.await;
import static dev.weft.Weft.closing;
import static dev.weft.Weft.timeoutOr;
import static dev.weft.netty.Caught.failureOf;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.AsyncCloseable;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.junit.WeftTest;
import dev.weft.net.ByteStream;
import dev.weft.net.TruncatedStreamException;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Streams of pipelines with an {@code SslHandler}. */
@WeftTest
class TlsStreamTest {
    private static Certificate certificate;

    @BeforeAll
    static void makeCertificate(@TempDir Path folder) throws Exception {
        certificate = Certificate.create(folder);
    }

    /** Two streams behind TLS. */
    private static final class Ends implements AsyncCloseable {
        ByteStream client;
        ByteStream server;
        Channels channels;

        void initClient(Channel channel) {
            channel.pipeline()
                    .addLast(certificate.client().newHandler(channel.alloc(), "localhost", 443));
            client = NettyLoop.stream(channel);
        }

        void initServer(Channel channel) {
            channel.pipeline().addLast(certificate.server().newHandler(channel.alloc()));
            server = NettyLoop.stream(channel);
        }

        @Override
        @Async
        public Coroutine<Void> closeAsync() {
            client.close();
            server.close();
            await(channels.closeAsync());
            return Coroutine.done();
        }
    }

    @Async
    private static Coroutine<Ends> connect(NettyLoop netty) {
        Ends ends = new Ends();
        ends.channels = await(Channels.connect(netty, ends::initClient, ends::initServer));
        return Coroutine.of(ends);
    }

    @ParameterizedTest
    @EnumSource
    @Async
    Coroutine<Void> bytesGoBothWays(Transports transport) throws IOException {
        try (var closing = closing(await(connect(transport.install())))) {
            Ends ends = closing.get();
            await(ends.client.write("hello\n"));
            assertThat(await(ends.server.readLine())).isEqualTo("hello");
            await(ends.server.write("world\n"));
            assertThat(await(ends.client.readLine())).isEqualTo("world");
        }
        return Coroutine.done();
    }

    @ParameterizedTest
    @EnumSource
    @Async
    Coroutine<Void> theSessionAndTheProtocolAreThoseOfTheHandler(Transports transport)
            throws IOException {
        try (var closing = closing(await(connect(transport.install())))) {
            Ends ends = closing.get();
            await(ends.client.write("hello\n"));
            await(ends.server.readLine());
            SSLSession session = dev.weft.net.Tls.session(ends.client);
            assertThat(session.getProtocol()).isEqualTo("TLSv1.3");
            assertThat(session.getPeerPrincipal().getName()).isEqualTo("CN=localhost");
            assertThat(dev.weft.net.Tls.session(ends.server).getCipherSuite())
                    .isEqualTo(session.getCipherSuite());
            assertThat(dev.weft.net.Tls.protocol(ends.client)).isEqualTo("h2");
            assertThat(dev.weft.net.Tls.protocol(ends.server)).isEqualTo("h2");
        }
        return Coroutine.done();
    }

    @ParameterizedTest
    @EnumSource
    @Async
    Coroutine<Void> fiveMegabytesComeThrough(Transports transport) throws IOException {
        try (var closing = closing(await(connect(transport.install())))) {
            Ends ends = closing.get();
            byte[] sent = new byte[5_000_000];
            new Random(1).nextBytes(sent);
            Task<Void> writing = Task.create(() -> ends.client.write(sent));
            assertThat(await(ends.server.readExactly(sent.length))).isEqualTo(sent);
            await(writing);
        }
        return Coroutine.done();
    }

    @ParameterizedTest
    @EnumSource
    @Async
    Coroutine<Void> theEndOfTheOutputIsTheEndOfTheOthersInput(Transports transport)
            throws IOException {
        try (var closing = closing(await(connect(transport.install())))) {
            Ends ends = closing.get();
            await(ends.client.write("last"));
            await(ends.client.closeOutput());
            assertThat(await(ends.server.readAll(100))).isEqualTo("last".getBytes(UTF_8));
        }
        return Coroutine.done();
    }

    @ParameterizedTest
    @EnumSource
    @Async
    Coroutine<Void> aClosedStreamIsAWholeOne(Transports transport) throws IOException {
        try (var closing = closing(await(connect(transport.install())))) {
            Ends ends = closing.get();
            await(ends.client.write("last"));
            ends.client.close();
            assertThat(await(ends.server.readAll(100))).isEqualTo("last".getBytes(UTF_8));
        }
        return Coroutine.done();
    }

    @ParameterizedTest
    @EnumSource
    @Async
    Coroutine<Void> aConnectionThatIsCutOffIsNoEnd(Transports transport) throws Exception {
        try (var closing = closing(await(connect(transport.install())))) {
            Ends ends = closing.get();
            await(ends.client.write("half"));
            assertThat(await(ends.server.readExactly(4))).isEqualTo("half".getBytes(UTF_8));
            await(ends.server.write("x"));
            await(ends.client.readExactly(1)); // a close with bytes that wait would be a reset
            ChannelPipeline pipeline = ends.channels.client().pipeline();
            Future<?> unused = pipeline.context(SslHandler.class).close();
            assertThat(await(failureOf(() -> ends.server.read(1))))
                    .isInstanceOf(TruncatedStreamException.class);
        }
        return Coroutine.done();
    }

    @ParameterizedTest
    @EnumSource
    @Async
    Coroutine<Void> aCancelledReadLosesNoByte(Transports transport) throws IOException {
        try (var closing = closing(await(connect(transport.install())))) {
            Ends ends = closing.get();
            await(ends.client.write("half a li"));
            assertThat(await(timeoutOr(Duration.ofSeconds(1), ends.server.readLine(), "late")))
                    .isEqualTo("late");
            await(ends.client.write("ne\n"));
            assertThat(await(ends.server.readLine())).isEqualTo("half a line");
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aHandshakeThatFailsIsThrown() throws Exception {
        NettyLoop netty = NettyLoop.current();
        var stranger = SslContextBuilder.forClient().sslProvider(SslProvider.JDK).build();
        Ends ends = new Ends();
        ends.channels =
                await(
                        Channels.connect(
                                netty,
                                channel -> {
                                    channel.pipeline()
                                            .addLast(stranger.newHandler(channel.alloc()));
                                    ends.client = NettyLoop.stream(channel);
                                },
                                ends::initServer));
        try (var closing = closing(ends)) {
            assertThat(closing.get().channels.client().isOpen()).isTrue();
            assertThat(await(failureOf(() -> ends.client.read(1))))
                    .isInstanceOf(SSLException.class);
            assertThat(await(failureOf(() -> ends.server.read(1)))).isInstanceOf(IOException.class);
            assertThat(await(failureOf(() -> ends.client.write("x"))))
                    .isInstanceOf(SSLException.class);
        }
        return Coroutine.done();
    }
}
