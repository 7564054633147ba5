package dev.weft.http;

import static dev.weft.Weft.await;
import static dev.weft.http.Clients.server;
import static dev.weft.http.Clients.talk;
import static dev.weft.http.Clients.with;
import static dev.weft.http.Frames.AUTHORITY;
import static dev.weft.http.Frames.COMMON;
import static dev.weft.http.Frames.DATA;
import static dev.weft.http.Frames.END_HEADERS;
import static dev.weft.http.Frames.END_STREAM;
import static dev.weft.http.Frames.GET;
import static dev.weft.http.Frames.HEADERS;
import static dev.weft.http.Frames.POST;
import static dev.weft.http.Frames.ROOT;
import static dev.weft.http.Frames.SCHEME;
import static dev.weft.http.Frames.SETTINGS;
import static dev.weft.http.Frames.WINDOW;
import static dev.weft.http.Frames.WINDOW_SIZE;
import static dev.weft.http.Frames.field;
import static dev.weft.stream.AsyncStream.emit;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Promise;
import dev.weft.Weft;
import dev.weft.http.Clients.Talk;
import dev.weft.junit.WeftTest;
import dev.weft.stream.AsyncStream;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Frames of HTTP/2 that no ordinary client sends. */
@WeftTest(virtualTime = false)
class Http2MisuseTest {
    private static final int PROTOCOL_ERROR = 1;
    private static final int REFUSED_STREAM = 7;
    private static final Duration SHORT = Duration.ofMillis(200);

    @Async
    private static Coroutine<Response> never() {
        await(new Promise<Void>());
        return Coroutine.of(Response.of(200));
    }

    @Test
    @Async
    Coroutine<Void> aHeadThatLacksAPartOrHasAMalformedPathIsReset() throws Exception {
        for (String head :
                new String[] {
                    ROOT + COMMON,
                    GET + COMMON,
                    GET + "D\3/ x" + COMMON,
                    COMMON,
                    GET + ROOT + AUTHORITY
                }) {
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
    private static Coroutine<Response> cookies(Request request) {
        return Coroutine.of(
                Response.text(
                        request.headers().get("host") + " " + request.headers().all("cookie")));
    }

    @Async
    private static Coroutine<String> answer(String fields) throws Exception {
        HttpServer server = server().http2(true).route("GET", "/", r -> cookies(r));
        Talk<String> talk =
                socket -> {
                    Frames frames = new Frames(socket, WINDOW_SIZE);
                    frames.send(HEADERS, END_STREAM | END_HEADERS, 1, fields);
                    return frames.next(DATA).content();
                };
        return Coroutine.of(await(with(server, s -> talk(s, talk))));
    }

    @Test
    @Async
    Coroutine<Void> theHostIsTheAuthorityAndCookiesAreJoined() throws Exception {
        String plain = GET + ROOT + SCHEME;
        String cookies = field("cookie", "a=1") + field("x", "y") + field("cookie", "b=2");
        assertThat(await(answer(plain + AUTHORITY + cookies))).isEqualTo("x [a=1; b=2]");
        assertThat(await(answer(plain + field("host", "h")))).isEqualTo("h []");
        assertThat(await(answer(plain + AUTHORITY + field("host", "X")))).isEqualTo("x []");
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> hostsThatAreMalformedOrContradictEachOtherAreRefused() throws Exception {
        String plain = GET + ROOT + SCHEME;
        assertThat(await(answer(plain + AUTHORITY + field("host", "h")))).contains("one Host");
        assertThat(await(answer(plain + field("host", "h") + field("host", "h"))))
                .contains("one Host");
        assertThat(await(answer(plain + "A\3a/b"))).contains("malformed Host");
        assertThat(await(answer(plain + "A\3u@x"))).contains("malformed Host");
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
        String answer =
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
                                                    frames.sendData(1, WINDOW_SIZE - 3);
                                                    frames.next(WINDOW); // of the connection
                                                    frames.next(WINDOW);
                                                    frames.sendData(1, WINDOW_SIZE - 3);
                                                    frames.send(
                                                            HEADERS,
                                                            END_HEADERS,
                                                            3,
                                                            POST + ROOT + COMMON);
                                                    frames.send(
                                                            DATA, END_STREAM, 3, "x".repeat(1_000));
                                                    return frames.next(DATA).content();
                                                })));
        assertThat(answer).isEqualTo("1000");
        return Coroutine.done();
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
