package dev.weft.spec.docs;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.timeout;
import static dev.weft.Weft.timeoutOr;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.junit.TestClock;
import dev.weft.junit.WeftTest;
import dev.weft.net.ByteStream;
import dev.weft.net.Server;
import dev.weft.net.Subprocess;
import dev.weft.net.Tls;
import dev.weft.net.UdpSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The statements and examples of docs/net.md. */
@WeftTest
class NetPageTest {
    @Async
    static Coroutine<Void> echo(ByteStream stream) throws IOException {
        for (byte[] bytes = await(stream.read(4_096)); bytes != null; ) {
            await(stream.write(bytes));
            bytes = await(stream.read(4_096));
        }
        return Coroutine.done();
    }

    @Async
    static Coroutine<Void> serve(int port) throws IOException {
        try (Server server = Server.bind(new InetSocketAddress(port))) {
            await(server.serve(stream -> echo(stream))); // until it is cancelled or closed
        }
        return Coroutine.done();
    }

    @Async
    static Coroutine<String> ask(String host, int port, String question) throws IOException {
        try (ByteStream stream = await(ByteStream.connect(host, port))) {
            await(stream.write(question + "\n"));
            return Coroutine.of(await(stream.readLine()));
        }
    }

    @Async
    static Coroutine<ByteStream> connectSecurely(String host, int port) throws IOException {
        ByteStream plain = await(ByteStream.connect(host, port));
        return Tls.client(plain, host, "h2", "http/1.1"); // closes the plain stream if it fails
    }

    @Async
    static Coroutine<Void> answerPackets(SocketAddress address) throws IOException {
        try (UdpSocket socket = UdpSocket.bind(address)) {
            while (true) {
                UdpSocket.Packet packet = await(socket.receive());
                await(socket.send(packet.bytes(), packet.from()));
            }
        }
    }

    @Async
    static Coroutine<String> today() throws IOException {
        Subprocess.Result result =
                await(Subprocess.run(10_000, "date", "+%F")); // at most 10,000 bytes
        return Coroutine.of(new String(result.output(), UTF_8).strip());
    }

    private static int freePort() throws IOException {
        try (Server server =
                Server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            return ((InetSocketAddress) server.address()).getPort();
        }
    }

    @Test
    @Async
    Coroutine<Void> theClientGetsItsQuestionBack() throws IOException {
        int port = freePort();
        Task<Void> serving = Task.create(() -> serve(port));
        await(sleep(ofMinutes(1)));
        assertThat(await(ask("localhost", port, "ping"))).isEqualTo("ping");
        serving.cancel();
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> halfALineStaysInTheStream() throws IOException {
        ByteStream.Pair pair = ByteStream.pair(1_000);
        ByteStream stream = pair.right();
        await(pair.left().write("half a"));
        String line = await(timeoutOr(ofSeconds(1), stream.readLine(), "")); // half a line has come
        assertThat(line).isEmpty();
        await(pair.left().write(" line\n"));
        assertThat(await(stream.readLine())).isEqualTo("half a line");
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aTimeLimitIsPutAroundTheConnection() throws IOException, TimeoutException {
        int port = freePort();
        String host = "localhost";
        Task<Void> serving = Task.create(() -> serve(port));
        await(sleep(ofMinutes(1)));
        ByteStream stream = await(timeout(ofSeconds(5), ByteStream.connect(host, port)));
        stream.close();
        serving.cancel();
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> answerSlowly(ByteStream stream) throws IOException {
        await(stream.readLine());
        await(sleep(ofSeconds(1)));
        return stream.write("answer\n");
    }

    @Test
    @Async
    Coroutine<Void> theServerAnswersAfterASecond(TestClock clock) throws IOException {
        ByteStream.Pair pair = ByteStream.pair(1_000);
        Task<Void> server = Task.create(() -> answerSlowly(pair.right()));
        await(pair.left().write("question\n"));
        assertThat(await(pair.left().readLine())).isEqualTo("answer");
        assertThat(clock.elapsed()).isEqualTo(ofSeconds(1));
        await(server);
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aServerWithoutTlsIsNoTlsServer() throws IOException {
        int port = freePort();
        Task<Void> serving = Task.create(() -> serve(port));
        await(sleep(ofMinutes(1)));
        try {
            await(connectSecurely("localhost", port));
            throw new AssertionError("an echo is no answer to a handshake");
        } catch (SSLException refused) {
            assertThat(refused).isNotNull();
        }
        serving.cancel();
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aPacketIsAnswered() throws IOException {
        InetSocketAddress address =
                new InetSocketAddress(InetAddress.getLoopbackAddress(), freePort());
        Task<Void> answers = Task.create(() -> answerPackets(address));
        await(sleep(ofMinutes(1)));
        try (UdpSocket socket = UdpSocket.bind(new InetSocketAddress(address.getAddress(), 0))) {
            await(socket.send(new byte[] {1, 2, 3}, address));
            assertThat(await(socket.receive()).bytes()).containsExactly(1, 2, 3);
        }
        answers.cancel();
        return Coroutine.done();
    }

    @Test
    @Async
    @DisabledOnOs(OS.WINDOWS)
    Coroutine<Void> theOutputOfAChildIsRead() throws IOException {
        assertThat(await(today())).matches("\\d{4}-\\d\\d-\\d\\d");
        return Coroutine.done();
    }
}
