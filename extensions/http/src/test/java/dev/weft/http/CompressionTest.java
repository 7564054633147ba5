package dev.weft.http;

import static dev.weft.Weft.await;
import static dev.weft.http.Clients.ask;
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
import dev.weft.junit.WeftTest;
import dev.weft.stream.AsyncStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers that are compressed. */
@WeftTest(virtualTime = false, timeout = 30)
class CompressionTest {
    private static final String TEXT = "a text that repeats itself. ".repeat(100);
    private static final String LONG = TEXT.repeat(100);
    private static final String ACCEPT = "Accept-Encoding: gzip";

    @TempDir Path folder;

    @BeforeAll
    static void makeKeys() {
        assertThat(TestTls.CONTEXT).isNotNull();
    }

    @Async
    private static Coroutine<HttpResponse<byte[]>> get(
            HttpServer server, String path, String... fields) {
        HttpRequest.Builder request = Clients.request(server, path);
        for (String field : fields) {
            request.header(field.split(": ", 2)[0], field.split(": ", 2)[1]);
        }
        return Coroutine.of(
                await(Clients.client().sendAsync(request.build(), BodyHandlers.ofByteArray())));
    }

    private static String unzipped(HttpResponse<byte[]> response) throws IOException {
        assertThat(response.headers().firstValue("content-encoding")).hasValue("gzip");
        assertThat(response.headers().firstValue("vary")).hasValue("Accept-Encoding");
        InputStream input = new GZIPInputStream(new ByteArrayInputStream(response.body()));
        return new String(input.readAllBytes(), UTF_8);
    }

    private static void assertPlain(HttpResponse<byte[]> response, String expected) {
        assertThat(response.headers().firstValue("content-encoding")).isEmpty();
        assertThat(new String(response.body(), UTF_8)).isEqualTo(expected);
    }

    private static HttpServer compressing() throws IOException {
        return server().compression(true);
    }

    private static AsyncStream<ByteBuffer> parts(String... parts) {
        return AsyncStream.of(parts).map(part -> ByteBuffer.wrap(part.getBytes(UTF_8)));
    }

    @Test
    @Async
    Coroutine<Void> aTextIsCompressedIfTheClientAcceptsThat() throws Exception {
        HttpServer server =
                compressing()
                        .route(
                                "GET",
                                "/",
                                r -> Coroutine.of(Response.text(TEXT).header("ETag", "\"e\"")))
                        .route("GET", "/long", r -> Coroutine.of(Response.text(LONG)))
                        .route(
                                "GET",
                                "/stream",
                                r ->
                                        Coroutine.of(
                                                Response.stream(
                                                        "application/json",
                                                        parts(TEXT, "", LONG, "x"))));
        await(
                with(
                        server,
                        s -> {
                            HttpResponse<byte[]> text = await(get(s, "/", ACCEPT));
                            assertThat(unzipped(text)).isEqualTo(TEXT);
                            assertThat(text.body().length).isLessThan(TEXT.length() / 10);
                            assertThat(text.headers().firstValue("etag")).hasValue("W/\"e\"");
                            assertThat(unzipped(await(get(s, "/long", ACCEPT)))).isEqualTo(LONG);
                            assertThat(unzipped(await(get(s, "/stream", ACCEPT))))
                                    .isEqualTo(TEXT + LONG + "x");
                            HttpResponse<byte[]> plain = await(get(s, "/"));
                            assertPlain(plain, TEXT);
                            assertThat(plain.headers().firstValue("vary"))
                                    .hasValue("Accept-Encoding");
                            assertThat(plain.headers().firstValue("etag")).hasValue("\"e\"");
                            return Coroutine.done();
                        }));
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> theHeadOfACompressedAnswerHasNoLength() throws Exception {
        HttpServer server = compressing().route("GET", "/", r -> Coroutine.of(Response.text(TEXT)));
        await(
                with(
                        server,
                        s -> {
                            String head = await(ask(s, "HEAD / HTTP/1.1", ACCEPT));
                            assertThat(head)
                                    .contains("content-encoding: gzip")
                                    .doesNotContain("content-length")
                                    .endsWith("\r\n\r\n");
                            assertThat(await(ask(s, "HEAD / HTTP/1.1")))
                                    .contains("content-length: " + TEXT.length());
                            return Coroutine.done();
                        }));
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> otherAnswersAreSentAsTheyAre() throws Exception {
        byte[] bytes = TEXT.getBytes(UTF_8);
        HttpServer server =
                compressing()
                        .route(
                                "GET",
                                "/image",
                                r -> Coroutine.of(Response.bytes("image/png", bytes)))
                        .route("GET", "/small", r -> Coroutine.of(Response.text("x".repeat(1_023))))
                        .route(
                                "GET",
                                "/encoded",
                                r ->
                                        Coroutine.of(
                                                Response.text(TEXT)
                                                        .header("Content-Encoding", "identity")))
                        .route(
                                "GET",
                                "/fixed",
                                r ->
                                        Coroutine.of(
                                                Response.text(TEXT)
                                                        .header(
                                                                "Cache-Control",
                                                                "public, no-transform")))
                        .route(
                                "GET",
                                "/events",
                                r ->
                                        Coroutine.of(
                                                Response.stream("text/event-stream", parts(TEXT))));
        await(
                with(
                        server,
                        s -> {
                            for (String path : List.of("/image", "/fixed", "/events")) {
                                assertPlain(await(get(s, path, ACCEPT)), TEXT);
                            }
                            assertPlain(await(get(s, "/small", ACCEPT)), "x".repeat(1_023));
                            assertThat(await(get(s, "/encoded", ACCEPT)).body()).isEqualTo(bytes);
                            return Coroutine.done();
                        }));
        HttpServer byDefault = server().route("GET", "/", r -> Coroutine.of(Response.text(TEXT)));
        assertPlain(await(with(byDefault, s -> get(s, "/", ACCEPT))), TEXT);
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aFileIsCompressedUnlessARangeIsAskedFor() throws Exception {
        Path file = Files.writeString(folder.resolve("a.json"), LONG);
        Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
        HttpServer server = compressing().route("GET", "/", r -> Coroutine.of(Response.file(file)));
        await(
                with(
                        server,
                        s -> {
                            HttpResponse<byte[]> whole = await(get(s, "/", ACCEPT));
                            assertThat(unzipped(whole)).isEqualTo(LONG);
                            assertThat(whole.headers().firstValue("accept-ranges")).isEmpty();
                            String tag = whole.headers().firstValue("etag").orElseThrow();
                            assertThat(tag).startsWith("W/");
                            HttpResponse<byte[]> known =
                                    await(get(s, "/", ACCEPT, "If-None-Match: " + tag));
                            assertThat(known.statusCode()).isEqualTo(304);
                            assertThat(known.headers().firstValue("vary"))
                                    .hasValue("Accept-Encoding");
                            HttpResponse<byte[]> range =
                                    await(get(s, "/", ACCEPT, "Range: bytes=0-2000"));
                            assertThat(range.statusCode()).isEqualTo(206);
                            assertPlain(range, LONG.substring(0, 2_001));
                            HttpResponse<byte[]> changed =
                                    await(
                                            get(
                                                    s,
                                                    "/",
                                                    ACCEPT,
                                                    "Range: bytes=0-2000",
                                                    "If-Range: " + tag));
                            assertThat(unzipped(changed)).isEqualTo(LONG);
                            return Coroutine.done();
                        }));
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> anElementOfAStreamDoesNotWaitForTheNext() throws Exception {
        Promise<Void> received = new Promise<>();
        EventLoop loop = EventLoop.current();
        HttpServer server =
                compressing()
                        .route(
                                "GET",
                                "/",
                                r -> Coroutine.of(Response.stream("text/plain", two(received))));
        String text =
                await(
                        with(
                                server,
                                s ->
                                        talk(
                                                s,
                                                socket -> {
                                                    write(
                                                            socket,
                                                            "GET / HTTP/1.0\r\n"
                                                                    + ACCEPT
                                                                    + "\r\n\r\n");
                                                    Clients.readUntil(socket, "\r\n\r\n");
                                                    InputStream input =
                                                            new GZIPInputStream(
                                                                    socket.getInputStream());
                                                    byte[] first = input.readNBytes(5);
                                                    loop.execute(() -> received.complete(null));
                                                    return new String(first, UTF_8)
                                                            + new String(
                                                                    input.readAllBytes(), UTF_8);
                                                })));
        assertThat(text).isEqualTo("first second");
        return Coroutine.done();
    }

    @Async
    private static AsyncStream<ByteBuffer> two(Promise<Void> received) {
        AsyncStream.emit(ByteBuffer.wrap("first".getBytes(UTF_8)));
        await(received);
        AsyncStream.emit(ByteBuffer.wrap(" second".getBytes(UTF_8)));
        return AsyncStream.end();
    }

    @Test
    @Async
    Coroutine<Void> compressionWorksWithHttp2() throws Exception {
        HttpServer server =
                compressing()
                        .tls(TestTls.CONTEXT)
                        .http2(true)
                        .route("GET", "/", r -> Coroutine.of(Response.text(TEXT)))
                        .route(
                                "GET",
                                "/stream",
                                r -> Coroutine.of(Response.stream("text/csv", parts(TEXT, LONG))));
        await(
                with(
                        server,
                        s -> {
                            HttpClient client =
                                    HttpClient.newBuilder().sslContext(TestTls.CONTEXT).build();
                            for (String path : List.of("/", "/stream")) {
                                URI uri = Clients.secureUri(s, path);
                                HttpRequest request =
                                        HttpRequest.newBuilder(uri)
                                                .header("Accept-Encoding", "gzip")
                                                .build();
                                HttpResponse<byte[]> response =
                                        await(
                                                client.sendAsync(
                                                        request, BodyHandlers.ofByteArray()));
                                assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
                                assertThat(unzipped(response)).startsWith(TEXT);
                            }
                            return Coroutine.done();
                        }));
        return Coroutine.done();
    }

    @Test
    void theWeightsOfTheClientDecide() {
        for (String yes :
                List.of(
                        "gzip",
                        "GZIP",
                        "x-gzip",
                        "br, gzip;q=0.5",
                        "*",
                        "gzip ; q=0.001",
                        "identity;q=0.5, gzip",
                        "gzip;q=1.000")) {
            assertThat(Compression.isAccepted(List.of(yes))).as(yes).isTrue();
        }
        for (String no :
                List.of(
                        "",
                        "br",
                        "identity",
                        "gzip;q=0",
                        "gzip;q=0.000",
                        "*;q=0",
                        "gzip;q=0, *",
                        "identity, gzip;q=0.5",
                        "gzip;q=",
                        "gzip;q=x",
                        "gzip;q=1.2.3",
                        "gzip;q=0.12345")) {
            assertThat(Compression.isAccepted(List.of(no))).as(no).isFalse();
        }
        assertThat(Compression.isAccepted(List.of("br", "gzip"))).isTrue();
        assertThat(Compression.isAccepted(List.of())).isFalse();
    }
}
