package dev.weft.http;

import static dev.weft.Weft.await;
import static dev.weft.http.Clients.readAll;
import static dev.weft.http.Clients.server;
import static dev.weft.http.Clients.talk;
import static dev.weft.http.Clients.with;
import static dev.weft.http.Clients.write;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Promise;
import dev.weft.Weft;
import dev.weft.junit.WeftTest;
import dev.weft.stream.AsyncStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients that end their output and still read. The first request of each is answered after the
 * server has seen the end.
 */
@WeftTest
class HalfCloseTest {
    private static final String END_OF_CHUNKS = "\r\n0\r\n\r\n";

    @TempDir Path folder;

    private static String get(String target) {
        return get(target, "");
    }

    private static String get(String target, String field) {
        return "GET " + target + " HTTP/1.1\r\nHost: x\r\n" + field + "\r\n";
    }

    private static AsyncStream<ByteBuffer> parts(int count) {
        return AsyncStream.from(Collections.nCopies(count, "part"))
                .map(part -> ByteBuffer.wrap(part.getBytes(US_ASCII)));
    }

    @Async
    private static Coroutine<Response> late(Promise<Void> ended) {
        await(ended);
        for (int i = 0; i < 100; i++) { // until the loop has looked at its sockets
            await(Weft.sleep(Duration.ZERO));
        }
        return Coroutine.of(Response.text("late"));
    }

    @Async
    private static Coroutine<Response> never() {
        await(new Promise<Void>());
        return Coroutine.of(Response.text("never"));
    }

    /** Returns the answers to a late request and to others that come with it. */
    @Async
    private Coroutine<String> answers(String others) throws Exception {
        Promise<Void> ended = new Promise<>();
        EventLoop loop = EventLoop.current();
        HttpServer server =
                server().compression(true)
                        .route("GET", "/late", r -> late(ended))
                        .route("GET", "/fast", r -> Coroutine.of(Response.text("fast")))
                        .route("GET", "/slow", r -> never())
                        .route("GET", "/large", r -> large())
                        .route("GET", "/stream", r -> stream())
                        .route("GET", "/file", r -> Coroutine.of(Response.file(file())));
        String answers =
                await(
                        with(
                                server,
                                s ->
                                        talk(
                                                s,
                                                socket -> {
                                                    write(socket, get("/late") + others);
                                                    socket.shutdownOutput();
                                                    loop.execute(() -> ended.complete(null));
                                                    return readAll(socket);
                                                })));
        return Coroutine.of(answers);
    }

    private static Coroutine<Response> large() {
        return Coroutine.of(Response.text("large".repeat(10_000)));
    }

    private static Coroutine<Response> stream() {
        return Coroutine.of(Response.stream("x/y", parts(100)));
    }

    private Path file() {
        return folder.resolve("file.txt");
    }

    @Test
    @Async
    Coroutine<Void> allAnswersThatDoNotWaitAreSent() throws Exception {
        String answers = await(answers(get("/fast").repeat(20)));
        assertThat(answers).contains("late").endsWith("fast");
        assertThat(answers.split("fast", -1)).hasSize(21);
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> answersBeforeAHandlerThatWaitsAreSent() throws Exception {
        assertThat(await(answers(get("/slow")))).endsWith("late");
        assertThat(await(answers(get("/fast") + get("/slow")))).contains("late").endsWith("fast");
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aStreamThatDoesNotWaitIsSent() throws Exception {
        assertThat(await(answers(get("/stream")))).endsWith("part" + END_OF_CHUNKS);
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> theWorkOfTheServerIsNotTakenForWaiting() throws Exception {
        Files.writeString(file(), "file".repeat(100_000));
        assertThat(await(answers(get("/file")))).endsWith("file".repeat(100_000));
        String compressed =
                await(answers(get("/large", "Accept-Encoding: gzip\r\n") + get("/file")));
        assertThat(compressed).contains("late", "gzip").endsWith("file");
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> requestsBehindARefusedUpgradeAreAnswered() throws Exception {
        String upgrade = get("/fast", "Upgrade: websocket\r\nConnection: upgrade\r\n");
        String answers = await(answers(upgrade + get("/fast")));
        assertThat(answers.split("fast", -1)).hasSize(3);
        return Coroutine.done();
    }
}
