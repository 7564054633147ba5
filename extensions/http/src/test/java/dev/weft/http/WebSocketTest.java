package dev.weft.http;

import static dev.weft.Weft.await;
import static dev.weft.http.Clients.port;
import static dev.weft.http.Clients.readUntil;
import static dev.weft.http.Clients.send;
import static dev.weft.http.Clients.server;
import static dev.weft.http.Clients.talk;
import static dev.weft.http.Clients.with;
import static dev.weft.http.Clients.write;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Promise;
import dev.weft.Unhandled;
import dev.weft.junit.WeftTest;
import dev.weft.stream.AsyncStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket.Listener;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** WebSockets with the client of the JDK, and with frames by hand. */
@WeftTest(virtualTime = false)
class WebSocketTest {
    private static final String UPGRADE =
            String.join(
                    "\r\n",
                    "GET / HTTP/1.1",
                    "Host: x",
                    "Upgrade: websocket",
                    "Connection: Upgrade",
                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                    "Sec-WebSocket-Version: 13",
                    "",
                    "");
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int FINAL = 0x80;

    @Async
    private static Coroutine<Response> echo(Request request) throws IOException {
        WebSocket socket = await(request.webSocket());
        AsyncStream<Message> messages = socket.messages();
        while (await(messages.hasNext())) {
            if (messages.next() instanceof Message.Text text) {
                await(socket.send(text.text()));
            } else {
                await(socket.send(ByteBuffer.wrap("binary".getBytes(UTF_8))));
            }
        }
        return Coroutine.of(null);
    }

    /** Keeps what comes. */
    private static final class Kept implements Listener {
        final LinkedBlockingQueue<String> events = new LinkedBlockingQueue<>();
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(
                java.net.http.WebSocket socket, CharSequence part, boolean isLast) {
            text.append(part);
            if (isLast) {
                events.add(text.toString());
                text.setLength(0);
            }
            return Listener.super.onText(socket, part, isLast);
        }

        @Override
        public CompletionStage<?> onBinary(
                java.net.http.WebSocket socket, ByteBuffer data, boolean isLast) {
            events.add("bytes " + UTF_8.decode(data));
            return Listener.super.onBinary(socket, data, isLast);
        }

        @Override
        public CompletionStage<?> onPong(java.net.http.WebSocket socket, ByteBuffer data) {
            events.add("pong " + UTF_8.decode(data));
            return Listener.super.onPong(socket, data);
        }

        @Override
        public CompletionStage<?> onClose(java.net.http.WebSocket socket, int code, String reason) {
            events.add("close " + code + " " + reason);
            return Listener.super.onClose(socket, code, reason);
        }

        String next() throws InterruptedException {
            return String.valueOf(events.poll(5, TimeUnit.SECONDS));
        }
    }

    private static List<String> talkWithTheJdk(int port) throws Exception {
        Kept kept = new Kept();
        java.net.http.WebSocket socket =
                HttpClient.newHttpClient()
                        .newWebSocketBuilder()
                        .buildAsync(URI.create("ws://127.0.0.1:" + port), kept)
                        .get();
        socket.sendText("one", true).get();
        socket.sendText("two ", false).get();
        socket.sendPing(ByteBuffer.wrap("p".getBytes(UTF_8))).get();
        socket.sendText("parts é", true).get();
        socket.sendBinary(ByteBuffer.allocate(3), true).get();
        socket.sendClose(4_000, "bye").get();
        return List.of(kept.next(), kept.next(), kept.next(), kept.next(), kept.next());
    }

    @Test
    @Async
    Coroutine<Void> messagesPingsAndClosesOfTheJdk() throws Exception {
        HttpServer server = server().route("GET", "/", r -> echo(r));
        List<String> events =
                await(
                        with(
                                server,
                                s -> {
                                    int port = port(s);
                                    return Coroutine.of(
                                            await(
                                                    dev.weft.Weft.blocking(
                                                            () -> talkWithTheJdk(port))));
                                }));
        assertThat(events)
                .contains("pong p")
                .containsSubsequence("one", "two parts é", "bytes binary", "close 4000 ");
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> theServerClosesAfterItsHandler() throws Exception {
        HttpServer server =
                server().route("GET", "/close", r -> closing(r, false))
                        .route("GET", "/throw", r -> closing(r, true));
        List<Unhandled> reports = new ArrayList<>();
        EventLoop.current().exceptionHandler(reports::add);
        await(
                with(
                        server,
                        s -> {
                            int port = port(s);
                            assertThat(
                                            await(
                                                    dev.weft.Weft.blocking(
                                                            () -> onlyEvent(port, "/close"))))
                                    .isEqualTo("close 4001 over");
                            assertThat(
                                            await(
                                                    dev.weft.Weft.blocking(
                                                            () -> onlyEvent(port, "/throw"))))
                                    .startsWith("close 1011");
                            return Coroutine.done();
                        }));
        assertThat(reports).hasSize(1);
        return Coroutine.done();
    }

    private static String onlyEvent(int port, String path) throws Exception {
        Kept kept = new Kept();
        HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + port + path), kept)
                .get();
        return kept.next();
    }

    @Async
    private static Coroutine<Response> closing(Request request, boolean fails) throws IOException {
        WebSocket socket = await(request.webSocket());
        if (fails) {
            throw new IllegalStateException("broken");
        }
        await(socket.close(4_001, "over"));
        return Coroutine.of(Response.of(500));
    }

    // ---- frames by hand

    private static byte[] frame(int first, String text) {
        byte[] content = text.getBytes(UTF_8);
        byte[] frame = new byte[6 + content.length];
        frame[0] = (byte) first;
        frame[1] = (byte) (0x80 | content.length);
        System.arraycopy(content, 0, frame, 6, content.length); // the mask is 0
        return frame;
    }

    /** Sends frames at once with the head, and returns the frames that come up to the end. */
    @Async
    private static Coroutine<List<String>> framesFor(HttpServer server, byte[]... frames) {
        return talk(
                server,
                socket -> {
                    OutputStream out = socket.getOutputStream();
                    out.write(UPGRADE.getBytes(UTF_8));
                    for (byte[] frame : frames) {
                        out.write(frame);
                    }
                    String head = readUntil(socket, "\r\n\r\n");
                    assertThat(head)
                            .startsWith("HTTP/1.1 101 ")
                            .contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
                    return readFrames(socket);
                });
    }

    private static List<String> readFrames(Socket socket) throws IOException {
        List<String> frames = new ArrayList<>();
        for (int first = socket.getInputStream().read();
                first >= 0;
                first = socket.getInputStream().read()) {
            byte[] content = socket.getInputStream().readNBytes(socket.getInputStream().read());
            int code = content.length < 2 ? 0 : ((content[0] & 0xff) << 8) | (content[1] & 0xff);
            String text = (first & 15) == CLOSE ? String.valueOf(code) : new String(content, UTF_8);
            frames.add((first & 15) + " " + text);
        }
        return frames;
    }

    @Test
    @Async
    Coroutine<Void> faultsCloseWithTheirCode() throws Exception {
        HttpServer server = server().maxBody(100).route("GET", "/", r -> echo(r));
        byte[] unmasked = {(byte) (FINAL | TEXT), 1, 'x'};
        byte[] notUtf8 = frame(FINAL | TEXT, "abc");
        notUtf8[7] = (byte) 0xff;
        await(
                with(
                        server,
                        s -> {
                            byte[] close = frame(FINAL | CLOSE, "");
                            assertThat(await(framesFor(s, frame(FINAL | TEXT, "hi"), close)))
                                    .first()
                                    .isEqualTo("1 hi");
                            assertThat(await(framesFor(s, unmasked))).containsExactly("8 1002");
                            assertThat(await(framesFor(s, notUtf8))).containsExactly("8 1007");
                            assertThat(await(framesFor(s, frame(FINAL, "x"))))
                                    .containsExactly("8 1002");
                            assertThat(await(framesFor(s, frame(FINAL | TEXT, "x".repeat(101)))))
                                    .containsExactly("8 1009");
                            assertThat(
                                            await(
                                                    framesFor(
                                                            s,
                                                            frame(BINARY, "x".repeat(60)),
                                                            frame(FINAL, "x".repeat(60)))))
                                    .containsExactly("8 1009");
                            assertThat(await(framesFor(s, frame(FINAL | 0x40 | TEXT, "x"))))
                                    .containsExactly("8 1002");
                            assertThat(await(framesFor(s, frame(PING, "x"))))
                                    .containsExactly("8 1002");
                            return Coroutine.done();
                        }));
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Response> late() {
        await(dev.weft.Weft.sleep(Duration.ofMillis(20)));
        return Coroutine.of(Response.text("late"));
    }

    @Test
    @Async
    Coroutine<Void> framesBehindARequestThatWaitsForItsTurnAreKept() throws Exception {
        HttpServer server =
                server().route("GET", "/", r -> echo(r)).route("GET", "/late", r -> late());
        String requests = "GET /late HTTP/1.1\r\nHost: x\r\n\r\n" + UPGRADE;
        byte[] text = frame(FINAL | TEXT, "a line\r\n");
        byte[] close = frame(FINAL | CLOSE, "");
        List<String> frames =
                await(
                        with(
                                server,
                                s ->
                                        talk(
                                                s,
                                                socket -> {
                                                    ByteBuffer all = ByteBuffer.allocate(1_000);
                                                    all.put(requests.getBytes(UTF_8));
                                                    all.put(text).put(close);
                                                    socket.getOutputStream()
                                                            .write(all.array(), 0, all.position());
                                                    readUntil(socket, "late");
                                                    readUntil(socket, "\r\n\r\n");
                                                    return readFrames(socket);
                                                })));
        assertThat(frames).first().isEqualTo("1 a line\r\n");
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aSilentClientGetsAPingAndIsThenClosed() throws Exception {
        HttpServer server =
                server().idleTimeout(Duration.ofMillis(100)).route("GET", "/", r -> echo(r));
        List<String> frames = await(with(server, s -> framesFor(s)));
        assertThat(frames).containsExactly(PING + " ");
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aRequestWithoutUpgradeIsRefused() throws Exception {
        HttpServer server =
                server().route("GET", "/", r -> echo(r))
                        .route("GET", "/text", r -> Coroutine.of(Response.text("text")));
        await(
                with(
                        server,
                        s -> {
                            assertThat(
                                            await(
                                                    send(
                                                            s,
                                                            "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")))
                                    .startsWith("HTTP/1.1 400 ");
                            String old = UPGRADE.replace("Version: 13", "Version: 8");
                            String next =
                                    "GET /text HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
                            assertThat(await(send(s, old + next)))
                                    .startsWith("HTTP/1.1 426 ")
                                    .endsWith("text");
                            return Coroutine.done();
                        }));
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aClientThatGoesAwayCancelsItsHandler() throws Exception {
        Promise<Void> cancelled = new Promise<>();
        HttpServer server = server().route("GET", "/", r -> forEver(r, cancelled));
        await(
                with(
                        server,
                        s -> {
                            await(
                                    talk(
                                            s,
                                            socket -> {
                                                write(socket, UPGRADE);
                                                return readUntil(socket, "\r\n\r\n");
                                            }));
                            await(cancelled);
                            return Coroutine.done();
                        }));
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Response> forEver(Request request, Promise<Void> cancelled)
            throws IOException {
        await(request.webSocket());
        try {
            await(new Promise<Void>());
        } finally {
            cancelled.complete(null);
        }
        return Coroutine.of(null);
    }
}
