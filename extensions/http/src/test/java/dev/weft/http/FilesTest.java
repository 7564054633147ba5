package dev.weft.http;

import static dev.weft.Weft.await;
import static dev.weft.http.Clients.ask;
import static dev.weft.http.Clients.readAll;
import static dev.weft.http.Clients.readUntil;
import static dev.weft.http.Clients.server;
import static dev.weft.http.Clients.talk;
import static dev.weft.http.Clients.with;
import static dev.weft.http.Clients.write;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Unhandled;
import dev.weft.junit.WeftTest;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers with files. */
@WeftTest(virtualTime = false, timeout = 30)
class FilesTest {
    private static final Instant CHANGED = Instant.parse("2024-05-06T07:08:09.123456789Z");
    private static final String DATE = "Mon, 06 May 2024 07:08:09 GMT";
    private static final String EARLIER = "Mon, 06 May 2024 07:08:08 GMT";

    @TempDir Path folder;

    @BeforeAll
    static void makeKeys() {
        assertThat(TestTls.CONTEXT).isNotNull();
    }

    private Path file(String name, String content) throws IOException {
        Path file = Files.writeString(folder.resolve(name), content, ISO_8859_1);
        return Files.setLastModifiedTime(file, FileTime.from(CHANGED));
    }

    private Path large(int size) throws IOException {
        byte[] bytes = new byte[size];
        new Random(1).nextBytes(bytes);
        return Files.write(folder.resolve("large"), bytes);
    }

    private static HttpServer serving(Path file) throws IOException {
        return server().route("GET", "/", r -> Coroutine.of(Response.file(file)));
    }

    private static String field(String answer, String name) {
        return answer.lines()
                .filter(line -> line.startsWith(name + ": "))
                .map(line -> line.substring(name.length() + 2))
                .findFirst()
                .orElse("");
    }

    private static String body(String answer) {
        return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }

    private static String status(String answer) {
        return answer.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length());
    }

    @Test
    @Async
    Coroutine<Void> aFileIsSentWithItsTypeAndItsValidators() throws Exception {
        Path file = file("a.HTML", "0123456789");
        await(
                with(
                        serving(file),
                        s -> {
                            String answer = await(ask(s, "GET / HTTP/1.1"));
                            assertThat(status(answer)).isEqualTo("200");
                            assertThat(field(answer, "content-type"))
                                    .isEqualTo("text/html; charset=utf-8");
                            assertThat(field(answer, "content-length")).isEqualTo("10");
                            assertThat(field(answer, "last-modified")).isEqualTo(DATE);
                            assertThat(field(answer, "accept-ranges")).isEqualTo("bytes");
                            assertThat(field(answer, "etag")).matches("\"[0-9a-f]+-a\"");
                            assertThat(body(answer)).isEqualTo("0123456789");
                            String head = await(ask(s, "HEAD / HTTP/1.1"));
                            assertThat(field(head, "content-length")).isEqualTo("10");
                            assertThat(field(head, "etag")).isEqualTo(field(answer, "etag"));
                            assertThat(body(head)).isEmpty();
                            return Coroutine.done();
                        }));
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> theTagIsWeakWhileTheFileIsNew() throws Exception {
        Path file = Files.writeString(folder.resolve("new.txt"), "0123456789");
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(60)));
        await(
                with(
                        serving(file),
                        s -> {
                            String answer = await(ask(s, "GET / HTTP/1.1"));
                            String tag = field(answer, "etag");
                            assertThat(tag).startsWith("W/\"");
                            assertThat(field(answer, "last-modified"))
                                    .isEqualTo(field(answer, "date"));
                            String again = await(ask(s, "GET / HTTP/1.1", "If-None-Match: " + tag));
                            assertThat(status(again)).isEqualTo("304");
                            String range =
                                    await(
                                            ask(
                                                    s,
                                                    "GET / HTTP/1.1",
                                                    "Range: bytes=0-1",
                                                    "If-Range: " + tag));
                            assertThat(status(range)).isEqualTo("200");
                            return Coroutine.done();
                        }));
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> conditionsAreCheckedInTheOrderOfTheStandard() throws Exception {
        HttpServer server =
                server().route(
                                "GET",
                                "/",
                                r ->
                                        Coroutine.of(
                                                Response.file(folder.resolve("a.txt"))
                                                        .header("ETag", "\"a,b\"")
                                                        .header("Cache-Control", "no-cache")));
        file("a.txt", "0123456789");
        String[][] table = {
            {"304", "If-None-Match: \"x\", W/\"a,b\""},
            {"304", "If-None-Match: *"},
            {"200", "If-None-Match: \"a\", \"b\""},
            {"304", "If-Modified-Since: " + DATE},
            {"200", "If-Modified-Since: " + EARLIER},
            {"200", "If-Modified-Since: nonsense"},
            {"200", "If-None-Match: \"x\"", "If-Modified-Since: " + DATE},
            {"200", "If-Match: \"x\"", "If-Match: \"a,b\""},
            {"200", "If-Match: *"},
            {"412", "If-Match: W/\"a,b\""},
            {"412", "If-Match: \"x\"", "If-None-Match: \"a,b\""},
            {"412", "If-Unmodified-Since: " + EARLIER},
            {"200", "If-Unmodified-Since: " + DATE},
            {"200", "If-Match: \"a,b\"", "If-Unmodified-Since: " + EARLIER},
            {"304", "If-Match: \"a,b\"", "If-None-Match: \"a,b\"", "Range: bytes=0-1"},
            {"206", "If-Range: \"a,b\"", "Range: bytes=0-1"},
            {"200", "If-Range: W/\"a,b\"", "Range: bytes=0-1"},
            {"200", "If-Range: \"x\"", "Range: bytes=0-1"},
            {"206", "If-Range: " + DATE, "Range: bytes=0-1"},
            {"200", "If-Range: " + EARLIER, "Range: bytes=0-1"},
        };
        await(
                with(
                        server,
                        s -> {
                            for (String[] row : table) {
                                String[] fields =
                                        List.of(row).subList(1, row.length).toArray(String[]::new);
                                String answer = await(ask(s, "GET / HTTP/1.1", fields));
                                assertThat(status(answer))
                                        .as(String.join(" ", row))
                                        .isEqualTo(row[0]);
                                if (row[0].equals("304")) {
                                    assertThat(answer)
                                            .contains("etag: \"a,b\"", "Cache-Control: no-cache")
                                            .doesNotContain("content-type", "content-length");
                                    assertThat(body(answer)).isEmpty();
                                }
                            }
                            return Coroutine.done();
                        }));
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> whatIsNotAFileIsNotFound() throws Exception {
        Path file = file("a.txt", "0123456789");
        for (Path path : List.of(folder, folder.resolve("none"), file.resolve("below"))) {
            String answer = await(with(serving(path), s -> ask(s, "GET / HTTP/1.1")));
            assertThat(status(answer)).isEqualTo("404");
            assertThat(body(answer)).isEqualTo("Not Found\n");
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aLargeFileIsSentWholeAlsoWithTlsAndHttp2() throws Exception {
        Path file = large(1_000_003);
        byte[] content = Files.readAllBytes(file);
        String plain = await(with(serving(file), s -> ask(s, "GET / HTTP/1.1")));
        assertThat(body(plain).getBytes(ISO_8859_1)).isEqualTo(content);
        HttpServer secured = serving(file).tls(TestTls.CONTEXT).http2(true);
        await(
                with(
                        secured,
                        s -> {
                            HttpRequest request =
                                    HttpRequest.newBuilder(Clients.secureUri(s, "/"))
                                            .header("Range", "bytes=3-")
                                            .build();
                            HttpClient client =
                                    HttpClient.newBuilder().sslContext(TestTls.CONTEXT).build();
                            HttpResponse<byte[]> part =
                                    await(client.sendAsync(request, BodyHandlers.ofByteArray()));
                            assertThat(part.version()).isEqualTo(HttpClient.Version.HTTP_2);
                            assertThat(part.statusCode()).isEqualTo(206);
                            assertThat(part.body())
                                    .isEqualTo(Arrays.copyOfRange(content, 3, content.length));
                            return Coroutine.done();
                        }));
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aFileThatShrinksEndsTheConnection() throws Exception {
        List<Unhandled> reports = new ArrayList<>();
        EventLoop.current().exceptionHandler(reports::add);
        Path file = large(50_000_000);
        String rest =
                await(
                        with(
                                serving(file),
                                s ->
                                        talk(
                                                s,
                                                socket -> {
                                                    write(
                                                            socket,
                                                            "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
                                                    readUntil(socket, "\r\n\r\n");
                                                    try (FileChannel channel =
                                                            FileChannel.open(
                                                                    file,
                                                                    StandardOpenOption.WRITE)) {
                                                        channel.truncate(1_000);
                                                    }
                                                    return readAll(socket);
                                                })));
        assertThat(rest.length()).isLessThan(50_000_000);
        assertThat(reports).hasSize(1);
        assertThat(reports.get(0).exception()).hasMessageContaining("became shorter");
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aFileThatIsDeletedMeanwhileIsSentToItsEnd() throws Exception {
        Path file = large(20_000_000);
        String rest =
                await(
                        with(
                                serving(file),
                                s ->
                                        talk(
                                                s,
                                                socket -> {
                                                    write(
                                                            socket,
                                                            "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
                                                    readUntil(socket, "\r\n\r\n");
                                                    Files.delete(file);
                                                    return readAll(socket);
                                                })));
        assertThat(rest).hasSize(20_000_000);
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aClientThatGoesAwayLetsTheFileBeClosed() throws Exception {
        Path file = large(50_000_000);
        HttpServer server = serving(file);
        await(
                with(
                        server,
                        s ->
                                talk(
                                        s,
                                        socket -> {
                                            write(socket, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
                                            return readUntil(socket, "\r\n\r\n");
                                        })));
        Path descriptors = Path.of("/proc/self/fd");
        if (Files.isDirectory(descriptors)) {
            try (var all = Files.list(descriptors)) {
                assertThat(all.map(FilesTest::target)).doesNotContain(file.toString());
            }
        }
        return Coroutine.done();
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException closed) {
            return "";
        }
    }
}
