package dev.weft.http;

import static dev.weft.Weft.await;
import static dev.weft.http.Clients.server;
import static dev.weft.http.Clients.talk;
import static dev.weft.http.Clients.with;
import static dev.weft.stream.AsyncStream.emit;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Promise;
import dev.weft.Weft;
import dev.weft.junit.WeftTest;
import dev.weft.stream.AsyncStream;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Frames of HTTP/2 that no ordinary client sends. */
@WeftTest(virtualTime = false)
class Http2MisuseTest {
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RESET = 3;
    private static final int SETTINGS = 4;
    private static final int WINDOW = 8;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;
    private static final int PROTOCOL_ERROR = 1;
    private static final int REFUSED_STREAM = 7;
    private static final Duration SHORT = Duration.ofMillis(200);

    /** Scheme http, and the authority "x". */
    private static final String COMMON = "\u0086A\u0001x";

    private static final String GET = "\u0082";
    private static final String POST = "\u0083";
    private static final String ROOT = "\u0084";

    /** A talk with the server in frames. */
    private static final class Frames {
        private final Socket socket;
        private final DataInputStream in;

        Frames(Socket socket, int window) throws IOException {
            this.socket = socket;
            in = new DataInputStream(socket.getInputStream());
            socket.getOutputStream()
                    .write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            send(SETTINGS, 0, 0, "\0\4" + number(window)); // INITIAL_WINDOW_SIZE
        }

        static String number(int value) {
            return new String(
                    ByteBuffer.allocate(4).putInt(value).array(), StandardCharsets.ISO_8859_1);
        }

        static String frame(int type, int flags, int stream, String content) {
            int length = content.length();
            String head = "" + (char) (length >> 16) + (char) ((length >> 8) & 0xff);
            return head
                    + (char) (length & 0xff)
                    + (char) type
                    + (char) flags
                    + number(stream)
                    + content;
        }

        void send(String frames) throws IOException {
            socket.getOutputStream().write(frames.getBytes(StandardCharsets.ISO_8859_1));
        }

        void send(int type, int flags, int stream, String content) throws IOException {
            send(frame(type, flags, stream, content));
        }

        void get(int stream) throws IOException {
            send(HEADERS, END_STREAM | END_HEADERS, stream, GET + ROOT + COMMON);
        }

        /** Returns the error of the next reset; the end of the connection is an exception. */
        int nextError() throws IOException {
            return ByteBuffer.wrap(next(RESET)).getInt();
        }

        byte[] next(int type) throws IOException {
            while (true) {
                int length = (in.readUnsignedShort() << 8) | in.readUnsignedByte();
                int found = in.readUnsignedByte();
                in.readByte();
                in.readInt();
                byte[] content = in.readNBytes(length);
                if (found == type) {
                    return content;
                }
            }
        }
    }

    private static final int WINDOW_SIZE = 65_535;

    @Async
    private static Coroutine<Response> never() {
        await(new Promise<Void>());
        return Coroutine.of(Response.of(200));
    }

    @Test
    @Async
    Coroutine<Void> aHeadWithoutAMethodOrWithAMalformedPathIsReset() throws Exception {
        for (String head :
                new String[] {ROOT + COMMON, GET + COMMON, GET + "D\3/ x" + COMMON, COMMON}) {
            int error =
                    await(
                            with(
                                    server().http2(true).route("GET", "/", r -> never()),
                                    s ->
                                            talk(
                                                    s,
                                                    socket -> {
                                                        Frames frames =
                                                                new Frames(socket, WINDOW_SIZE);
                                                        frames.send(HEADERS, 5, 1, head);
                                                        return frames.nextError();
                                                    })));
            assertThat(error).as(head).isEqualTo(PROTOCOL_ERROR);
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> theNumberOfStreamsIsLimitedForAClientThatNeverAgrees() throws Exception {
        int[] calls = {0};
        HttpServer server =
                server().http2(true)
                        .route(
                                "GET",
                                "/",
                                r -> {
                                    calls[0]++;
                                    return never();
                                });
        int error =
                await(
                        with(
                                server,
                                s ->
                                        talk(
                                                s,
                                                socket -> {
                                                    Frames frames = new Frames(socket, WINDOW_SIZE);
                                                    for (int i = 0; i <= 100; i++) {
                                                        frames.get(2 * i + 1);
                                                    }
                                                    return frames.nextError();
                                                })));
        assertThat(error).isEqualTo(REFUSED_STREAM);
        assertThat(calls[0]).isEqualTo(100);
        return Coroutine.done();
    }

    @Async
    private static AsyncStream<ByteBuffer> endless(boolean[] isClosed) {
        try {
            while (true) {
                emit(ByteBuffer.allocate(16_384));
            }
        } finally {
            isClosed[0] = true;
        }
    }

    @Test
    @Async
    Coroutine<Void> aConnectionWhoseClientDoesNotReadIsClosed() throws Exception {
        boolean[] isClosed = {false};
        HttpServer server =
                server().http2(true)
                        .idleTimeout(SHORT)
                        .route(
                                "GET",
                                "/",
                                r -> Coroutine.of(Response.stream("a/b", endless(isClosed))));
        await(
                with(
                        server,
                        s -> {
                            try (Socket socket = new Socket()) {
                                socket.setReceiveBufferSize(4_096);
                                socket.connect(s.address());
                                Frames frames = new Frames(socket, Integer.MAX_VALUE);
                                frames.send(
                                        WINDOW, 0, 0, Frames.number(Integer.MAX_VALUE - 65_535));
                                frames.get(1);
                                while (!isClosed[0] || s.connections() > 0) {
                                    await(Weft.sleep(Duration.ofMillis(10)));
                                }
                            }
                            return Coroutine.done();
                        }));
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Response> length(Request request) throws IOException {
        return Coroutine.of(Response.text(String.valueOf(await(request.bytes(100_000)).length)));
    }

    @Test
    @Async
    Coroutine<Void> aBodyThatIsNotReadDoesNotStopThoseOfOtherStreams() throws Exception {
        HttpServer server =
                server().http2(true)
                        .route("GET", "/", r -> never())
                        .route("POST", "/", r -> length(r));
        byte[] answer =
                await(
                        with(
                                server,
                                s ->
                                        talk(
                                                s,
                                                socket -> {
                                                    Frames frames = new Frames(socket, WINDOW_SIZE);
                                                    frames.send(
                                                            HEADERS,
                                                            END_HEADERS,
                                                            1,
                                                            GET + ROOT + COMMON);
                                                    fill(frames, 1);
                                                    frames.next(WINDOW); // of the connection
                                                    frames.next(WINDOW);
                                                    fill(frames, 1);
                                                    frames.send(
                                                            HEADERS,
                                                            END_HEADERS,
                                                            3,
                                                            POST + ROOT + COMMON);
                                                    frames.send(
                                                            DATA, END_STREAM, 3, "x".repeat(1_000));
                                                    return frames.next(DATA);
                                                })));
        assertThat(answer).asString().isEqualTo("1000");
        return Coroutine.done();
    }

    /** Sends as much as the window of a stream allows. */
    private static void fill(Frames frames, int stream) throws IOException {
        for (int i = 0; i < 4; i++) {
            frames.send(DATA, 0, stream, "x".repeat(16_383));
        }
    }

    @Test
    @Async
    Coroutine<Void> aBodyIsReleasedIfItsHandlerIsCancelledBeforeItHasBegun() throws Exception {
        int rounds = 150;
        HttpServer server = server().http2(true).route("POST", "/", r -> never());
        long grown =
                await(
                        with(
                                server,
                                s -> {
                                    await(talk(s, Http2MisuseTest::resetAtOnce));
                                    long before = memory();
                                    for (int i = 0; i < rounds; i++) {
                                        await(talk(s, Http2MisuseTest::resetAtOnce));
                                    }
                                    return Coroutine.of(memory() - before);
                                }));
        assertThat(grown).isLessThan(rounds * 8_192L);
        return Coroutine.done();
    }

    /** Sends a body and, in the same packet, an end that is malformed. */
    private static int resetAtOnce(Socket socket) throws IOException {
        Frames frames = new Frames(socket, WINDOW_SIZE);
        frames.next(SETTINGS);
        frames.send(
                Frames.frame(HEADERS, END_HEADERS, 1, POST + ROOT + COMMON)
                        + Frames.frame(DATA, 0, 1, "x".repeat(16_000))
                        + Frames.frame(HEADERS, END_STREAM | END_HEADERS, 1, GET));
        return frames.nextError();
    }

    private static long memory() {
        return ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT)
                .metric()
                .usedDirectMemory();
    }
}
