package dev.weft.http;

import static dev.weft.Weft.await;
import static dev.weft.http.Clients.port;
import static dev.weft.http.Clients.send;
import static dev.weft.http.Clients.server;
import static dev.weft.http.Clients.with;
import static dev.weft.http.Clients.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Promise;
import dev.weft.Weft;
import dev.weft.junit.WeftTest;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that send more than they should, or do not read: what the server keeps is bounded. */
@WeftTest(virtualTime = false)
class GreedyTest {
    @TempDir private Path folder;

    private static final Duration SHORT = Duration.ofMillis(200);
    private static final int MEGABYTE = 1_048_576;
    private static final int SMALL = 4_096;
    private static final int STALL_MILLIS = 300;

    private static final String UPGRADE =
            String.join(
                    "\r\n",
                    "Upgrade: websocket",
                    "Connection: Upgrade",
                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                    "Sec-WebSocket-Version: 13",
                    "");

    private static String get(String path, String fields) {
        return "GET " + path + " HTTP/1.1\r\nHost: x\r\n" + fields + "\r\n";
    }

    /** Sends {@code head} and then zeros; returns how many the server has taken, up to a limit. */
    private static long taken(int port, String head, long limit) throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        try (SocketChannel channel = SocketChannel.open(address);
                Selector selector = Selector.open()) {
            channel.write(ByteBuffer.wrap(head.getBytes(StandardCharsets.US_ASCII)));
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_WRITE);
            long count = 0;
            while (count < limit && selector.select(STALL_MILLIS) > 0) {
                selector.selectedKeys().clear();
                count += channel.write(ByteBuffer.allocate(SMALL));
            }
            return count;
        }
    }

    @Async
    private static Coroutine<Void> connectionsEnd(HttpServer server) {
        while (server.connections() > 0) {
            await(Weft.sleep(Duration.ofMillis(10)));
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Response> wait(Promise<Void> end) {
        await(end);
        return Coroutine.of(Response.of(200));
    }

    @Test
    @Async
    Coroutine<Void> littleIsTakenBehindARequestForAWebSocketThatIsNotAnswered() throws Exception {
        Promise<Void> never = new Promise<>();
        HttpServer server = server().route("GET", "/", r -> wait(never));
        long taken =
                await(
                        with(
                                server,
                                s -> {
                                    int port = port(s);
                                    String head = get("/", UPGRADE);
                                    return Coroutine.of(
                                            await(
                                                    Weft.blocking(
                                                            () ->
                                                                    taken(
                                                                            port,
                                                                            head,
                                                                            48L * MEGABYTE))));
                                }));
        assertThat(taken).isLessThan(24L * MEGABYTE); // what the buffers of the system hold
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> answersWaitForAClientThatDoesNotReadThoseBefore() throws Exception {
        byte[] bytes = new byte[MEGABYTE];
        new Random(1).nextBytes(bytes); // cannot be compressed
        Path file = Files.write(folder.resolve("file"), bytes);
        assertThat(await(answered(server(), () -> Response.bytes("a/b", bytes)))).isLessThan(50);
        assertThat(await(answered(server(), () -> Response.file(file)))).isLessThan(50);
        HttpServer gzip = server().compression(true);
        assertThat(await(answered(gzip, () -> Response.bytes("text/plain", bytes)))).isLessThan(50);
        return Coroutine.done();
    }

    /** Returns how many of 100 requests are handled for a client that does not read. */
    @Async
    private static Coroutine<Integer> answered(HttpServer server, Supplier<Response> answer)
            throws Exception {
        int[] calls = {0};
        server.idleTimeout(SHORT)
                .route(
                        "GET",
                        "/",
                        r -> {
                            calls[0]++;
                            return Coroutine.of(answer.get());
                        });
        await(
                with(
                        server,
                        s -> {
                            try (Socket socket = new Socket()) {
                                socket.setReceiveBufferSize(SMALL);
                                socket.connect(s.address());
                                write(socket, get("/", "Accept-Encoding: gzip\r\n").repeat(100));
                                while (calls[0] == 0) {
                                    await(Weft.sleep(Duration.ofMillis(1)));
                                }
                                await(connectionsEnd(s));
                            }
                            return Coroutine.done();
                        }));
        return Coroutine.of(calls[0]);
    }

    @Async
    private static Coroutine<Response> flood(Request request) throws IOException {
        WebSocket socket = await(request.webSocket());
        while (true) {
            await(socket.send(ByteBuffer.allocate(SMALL)));
        }
    }

    @Test
    @Async
    Coroutine<Void> aWebSocketWhoseClientDoesNotReadIsClosed() throws Exception {
        HttpServer server = server().idleTimeout(SHORT).route("GET", "/", r -> flood(r));
        await(
                with(
                        server,
                        s -> {
                            try (Socket socket = new Socket()) {
                                socket.setReceiveBufferSize(SMALL);
                                socket.connect(s.address());
                                write(socket, get("/", UPGRADE));
                                while (s.connections() == 0) {
                                    await(Weft.sleep(Duration.ofMillis(1)));
                                }
                                await(connectionsEnd(s));
                            }
                            return Coroutine.done();
                        }));
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aRequestForAWebSocketHasNoBody() throws Exception {
        HttpServer server = server().route("GET", "/", r -> flood(r));
        String answer =
                await(
                        with(
                                server,
                                s ->
                                        send(
                                                s,
                                                get(
                                                        "/",
                                                        UPGRADE.replace(
                                                                        "Upgrade\r",
                                                                        "Upgrade, close\r")
                                                                + "Content-Length: 5\r\n"))));
        assertThat(answer).startsWith("HTTP/1.1 400 ");
        return Coroutine.done();
    }

    @Test
    @SuppressWarnings("NullAway") // no carrier is needed without a reader
    void smallPartsOfABodyCountAsLargerOnes() {
        RequestBody body = new RequestBody(null, Long.MAX_VALUE, false);
        int count = 0;
        while (body.hasRoom()) {
            body.add(Unpooled.wrappedBuffer(new byte[1]));
            count++;
        }
        assertThat(count).isLessThan(SMALL);
    }
}
