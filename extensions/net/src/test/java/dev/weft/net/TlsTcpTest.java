package dev.weft.net;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.junit.WeftTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS on TCP. */
@WeftTest
class TlsTcpTest {
    static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    @BeforeAll
    static void makeKeys() {
        Certificates.prepare();
    }

    @Async
    private static Coroutine<Void> echo(ByteStream plain) throws IOException {
        try (ByteStream stream = await(Tls.server(plain, TlsPairs.server()))) {
            await(stream.transferTo(stream));
        }
        return Coroutine.done();
    }

    /** Two ends on TCP, the right one accepted. */
    @Async
    private static Coroutine<ByteStream.Pair> connected() throws IOException {
        try (Server server = Server.bind(ANY)) {
            ByteStream left = await(ByteStream.connect(server.address()));
            return Coroutine.of(new ByteStream.Pair(left, await(server.accept())));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {TlsPairs.V12, TlsPairs.V13})
    @Async
    Coroutine<Void> muchGoesThereAndBack(String version) throws IOException {
        try (Server server = Server.bind(ANY)) {
            Task<Void> serving = Task.create(() -> server.serve(plain -> echo(plain)));
            ByteStream plain = await(ByteStream.connect(server.address()));
            try (ByteStream stream = await(Tls.client(plain, TlsPairs.client(version)))) {
                byte[] sent = TlsPairs.random(3_000_000);
                Task<Void> writing = Task.create(() -> stream.write(sent));
                assertThat(await(stream.readExactly(sent.length))).isEqualTo(sent);
                await(writing);
                assertThat(stream.remote()).isEqualTo(server.address());
            }
            server.close();
            await(serving);
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> inputThatNobodyReadsDoesNotKeepTheLoopBusy() throws IOException {
        ByteStream.Pair pair = await(TlsPairs.secure(await(connected()), TlsPairs.V13));
        await(pair.left().write("first"));
        assertThat(await(pair.right().read(100))).isEqualTo("first".getBytes(UTF_8));
        await(pair.left().write("unread"));
        await(sleep(Duration.ofHours(1))); // would not end while the selector reports input
        assertThat(await(pair.right().read(100))).isEqualTo("unread".getBytes(UTF_8));
        pair.left().close();
        pair.right().close();
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aResetIsSeen() throws IOException {
        ByteStream.Pair plain = await(connected());
        ByteStream.Pair pair = await(TlsPairs.secure(plain, TlsPairs.V13));
        Task<Throwable> reading = Task.create(() -> TlsPairs.failure(pair.right().read(1)));
        plain.left().abort();
        assertThat(await(reading)).isInstanceOf(ConnectionResetException.class);
        pair.right().close();
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> theIdleTimeoutOfAServerSeesTheBytesOfTls() throws IOException {
        try (Server server = Server.bind(ANY).idleTimeout(Duration.ofSeconds(30))) {
            Task<Void> serving = Task.create(() -> server.serve(plain -> echo(plain)));
            ByteStream plain = await(ByteStream.connect(server.address()));
            ByteStream stream = await(Tls.client(plain, TlsPairs.client(TlsPairs.V13)));
            for (int i = 0; i < 5; i++) {
                await(sleep(Duration.ofSeconds(20)));
                await(stream.write("x"));
                await(stream.readExactly(1));
            }
            assertThat(await(stream.read(1))).isNull(); // after 30 s, with close_notify
            stream.close();
            server.close();
            await(serving);
        }
        return Coroutine.done();
    }
}
