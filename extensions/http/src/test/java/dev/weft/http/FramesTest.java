package dev.weft.http;

import static dev.weft.Weft.await;
import static dev.weft.http.Clients.server;
import static dev.weft.http.Clients.talk;
import static dev.weft.http.Clients.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Promise;
import dev.weft.Task;
import dev.weft.junit.WeftTest;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Clients of HTTP/2 that begin without TLS, some of which misuse the protocol. */
@WeftTest(virtualTime = false)
class FramesTest {
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RESET = 3;
    private static final int SETTINGS = 4;
    private static final int GOAWAY = 7;
    private static final int CONTINUATION = 9;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;
    private static final int ENHANCE_YOUR_CALM = 11;

    /** GET, http, / of the static table, and the authority "x". */
    private static final String HEAD = "\u0082\u0086\u0084A\u0001x";

    private record Frame(int type, int flags, int stream, String content) {}

    private static void send(Socket socket, Frame frame) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeShort(frame.content.length() >> 8);
        out.writeByte(frame.content.length());
        out.writeByte(frame.type);
        out.writeByte(frame.flags);
        out.writeInt(frame.stream);
        out.writeBytes(frame.content);
        socket.getOutputStream().write(bytes.toByteArray());
    }

    private static void begin(Socket socket) throws IOException {
        socket.getOutputStream()
                .write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        send(socket, new Frame(SETTINGS, 0, 0, ""));
    }

    /** Returns the next frame of a type. */
    private static Frame next(DataInputStream in, int type) throws IOException {
        while (true) {
            int length = (in.readUnsignedShort() << 8) | in.readUnsignedByte();
            int kind = in.readUnsignedByte();
            int flags = in.readUnsignedByte();
            int stream = in.readInt();
            String content = new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
            if (kind == type) {
                return new Frame(kind, flags, stream, content);
            }
        }
    }

    private static int errorOf(Frame frame) {
        int last = frame.type == GOAWAY ? 7 : 3;
        return frame.content.charAt(last);
    }

    private static DataInputStream input(Socket socket) throws IOException {
        return new DataInputStream(socket.getInputStream());
    }

    @Async
    private static Coroutine<Response> forEver(int[] cancelled) {
        try {
            await(new Promise<Void>());
        } finally {
            cancelled[0]++;
        }
        return Coroutine.of(Response.of(200));
    }

    @Test
    @Async
    Coroutine<Void> aClientMayBeginWithHttp2() throws Exception {
        HttpServer server =
                server().http2(true)
                        .route(
                                "GET",
                                "/",
                                r -> Coroutine.of(Response.text("hello " + r.version())));
        String body =
                await(
                        with(
                                server,
                                s ->
                                        talk(
                                                s,
                                                socket -> {
                                                    begin(socket);
                                                    send(
                                                            socket,
                                                            new Frame(
                                                                    HEADERS,
                                                                    END_STREAM | END_HEADERS,
                                                                    1,
                                                                    HEAD));
                                                    return next(input(socket), DATA).content;
                                                })));
        assertThat(body).isEqualTo("hello 2");
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> anAnswerBeforeTheEndOfTheBodyEndsWithoutAnError() throws Exception {
        HttpServer server =
                server().http2(true)
                        .idleTimeout(Duration.ofMillis(100))
                        .route("GET", "/", r -> Coroutine.of(Response.text("early")));
        int error =
                await(
                        with(
                                server,
                                s ->
                                        talk(
                                                s,
                                                socket -> {
                                                    begin(socket);
                                                    send(
                                                            socket,
                                                            new Frame(
                                                                    HEADERS, END_HEADERS, 1, HEAD));
                                                    return errorOf(next(input(socket), RESET));
                                                })));
        assertThat(error).isZero();
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aClientThatResetsManyStreamsIsSentAway() throws Exception {
        int[] cancelled = {0};
        HttpServer server = server().http2(true).route("GET", "/", r -> forEver(cancelled));
        int error =
                await(
                        with(
                                server,
                                s ->
                                        talk(
                                                s,
                                                socket -> {
                                                    begin(socket);
                                                    try {
                                                        for (int i = 1; i < 2_000; i += 2) {
                                                            send(
                                                                    socket,
                                                                    new Frame(
                                                                            HEADERS,
                                                                            END_STREAM
                                                                                    | END_HEADERS,
                                                                            i,
                                                                            HEAD));
                                                            send(
                                                                    socket,
                                                                    new Frame(
                                                                            RESET,
                                                                            0,
                                                                            i,
                                                                            "\0\0\0\b"));
                                                        }
                                                    } catch (IOException closed) {
                                                        // the server has had enough
                                                    }
                                                    return errorOf(next(input(socket), GOAWAY));
                                                })));
        assertThat(error).isEqualTo(ENHANCE_YOUR_CALM);
        assertThat(cancelled[0]).isLessThanOrEqualTo(201);
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aHeadWithoutEndIsRefused() throws Exception {
        HttpServer server =
                server().http2(true).route("GET", "/", r -> Coroutine.of(Response.of(200)));
        int error =
                await(
                        with(
                                server,
                                s ->
                                        talk(
                                                s,
                                                socket -> {
                                                    begin(socket);
                                                    send(
                                                            socket,
                                                            new Frame(
                                                                    HEADERS, END_STREAM, 1, HEAD));
                                                    try {
                                                        for (int i = 0; i < 1_000; i++) {
                                                            send(
                                                                    socket,
                                                                    new Frame(
                                                                            CONTINUATION,
                                                                            0,
                                                                            1,
                                                                            ""));
                                                        }
                                                    } catch (IOException closed) {
                                                        // the server has had enough
                                                    }
                                                    return errorOf(next(input(socket), GOAWAY));
                                                })));
        assertThat(error).isEqualTo(ENHANCE_YOUR_CALM);
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aConnectionWithoutStreamsIsClosed() throws Exception {
        HttpServer server = server().http2(true).idleTimeout(Duration.ofMillis(50));
        int error =
                await(
                        with(
                                server,
                                s ->
                                        talk(
                                                s,
                                                socket -> {
                                                    begin(socket);
                                                    return errorOf(next(input(socket), GOAWAY));
                                                })));
        assertThat(error).isZero();
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aShutdownAnswersTheStreamsUnderWay() throws Exception {
        Promise<Void> started = new Promise<>();
        Promise<Void> released = new Promise<>();
        EventLoop loop = EventLoop.current();
        HttpServer server = server().http2(true).route("GET", "/", r -> after(started, released));
        Task<Void> serving = Task.create(() -> server.serve());
        Task<String> client =
                Task.create(
                        () ->
                                talk(
                                        server,
                                        socket -> {
                                            begin(socket);
                                            send(
                                                    socket,
                                                    new Frame(
                                                            HEADERS,
                                                            END_STREAM | END_HEADERS,
                                                            1,
                                                            HEAD));
                                            DataInputStream in = input(socket);
                                            assertThat(errorOf(next(in, GOAWAY))).isZero();
                                            loop.execute(() -> released.complete(null));
                                            String body = next(in, DATA).content;
                                            assertThat(in.readAllBytes()).hasSizeLessThan(40);
                                            return body;
                                        }));
        await(started);
        await(server.shutdown(Duration.ofDays(1)));
        assertThat(await(client)).isEqualTo("done");
        await(serving);
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Response> after(Promise<Void> started, Promise<Void> released) {
        started.complete(null);
        await(released);
        return Coroutine.of(Response.text("done"));
    }
}
