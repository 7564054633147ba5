package dev.weft.http;

import static dev.weft.Weft.await;
import static dev.weft.http.Clients.ask;
import static dev.weft.http.Clients.server;
import static dev.weft.http.Clients.with;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.junit.WeftTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ranges of files. */
@WeftTest(virtualTime = false)
class RangesTest {
    @TempDir Path folder;

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content, ISO_8859_1);
    }

    private static HttpServer serving(Path file) throws IOException {
        Response error = Response.file(file).status(404);
        return server().route("GET", "/", r -> Coroutine.of(Response.file(file)))
                .route("POST", "/", r -> Coroutine.of(Response.file(file)))
                .route("GET", "/error", r -> Coroutine.of(error));
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
    Coroutine<Void> aRangeIsSentAlone() throws Exception {
        Path file = file("a.txt", "0123456789");
        String[][] table = {
            {"bytes=0-3", "bytes 0-3/10", "0123"},
            {"BYTES= 2-2", "bytes 2-2/10", "2"},
            {"bytes=7-", "bytes 7-9/10", "789"},
            {"bytes=-2", "bytes 8-9/10", "89"},
            {"bytes=-99999999999999999999", "bytes 0-9/10", "0123456789"},
            {"bytes=8-99999999999999999999", "bytes 8-9/10", "89"},
            {"bytes=20-30,1-1", "bytes 1-1/10", "1"},
            {"bytes=10-", "bytes */10", ""},
            {"bytes=-0", "bytes */10", ""},
            {"bytes=99999999999999999999-", "bytes */10", ""},
            {"bytes=3-2", "", "0123456789"},
            {"bytes=", "", "0123456789"},
            {"bytes=-", "", "0123456789"},
            {"bytes=a-b", "", "0123456789"},
            {"lines=1-2", "", "0123456789"},
            {"bytes=0-5,3-8", "", "0123456789"},
            {"bytes=" + "0-0,".repeat(16) + "1-1", "", "0123456789"},
        };
        await(
                with(
                        serving(file),
                        s -> {
                            for (String[] row : table) {
                                String answer = await(ask(s, "GET / HTTP/1.1", "Range: " + row[0]));
                                String expected =
                                        row[1].isEmpty() ? "200" : row[2].isEmpty() ? "416" : "206";
                                assertThat(status(answer)).as(row[0]).isEqualTo(expected);
                                assertThat(field(answer, "content-range")).isEqualTo(row[1]);
                                assertThat(body(answer)).isEqualTo(row[2]);
                            }
                            return Coroutine.done();
                        }));
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> severalRangesAreSentInParts() throws Exception {
        Path file = file("a.txt", "0123456789");
        await(
                with(
                        serving(file),
                        s -> {
                            String answer =
                                    await(ask(s, "GET / HTTP/1.1", "Range: bytes=0-1, -1,50-"));
                            String boundary = field(answer, "content-type").split("=", 2)[1];
                            assertThat(status(answer)).isEqualTo("206");
                            assertThat(field(answer, "content-range")).isEmpty();
                            assertThat(body(answer))
                                    .isEqualTo(
                                            part(boundary, "bytes 0-1/10", "01")
                                                    + part(boundary, "bytes 9-9/10", "9")
                                                    + "\r\n--"
                                                    + boundary
                                                    + "--\r\n")
                                    .hasSize(Integer.parseInt(field(answer, "content-length")));
                            return Coroutine.done();
                        }));
        return Coroutine.done();
    }

    private static String part(String boundary, String range, String content) {
        return "\r\n--"
                + boundary
                + "\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Range: "
                + range
                + "\r\n\r\n"
                + content;
    }

    @Test
    @Async
    Coroutine<Void> anEmptyFileHasNoRanges() throws Exception {
        Path file = file("empty", "");
        await(
                with(
                        serving(file),
                        s -> {
                            String last = await(ask(s, "GET / HTTP/1.1", "Range: bytes=-5"));
                            assertThat(status(last)).isEqualTo("200");
                            String first = await(ask(s, "GET / HTTP/1.1", "Range: bytes=0-"));
                            assertThat(status(first)).isEqualTo("416");
                            String whole = await(ask(s, "GET / HTTP/1.1"));
                            assertThat(field(whole, "content-type"))
                                    .isEqualTo("application/octet-stream");
                            assertThat(field(whole, "content-length")).isEqualTo("0");
                            return Coroutine.done();
                        }));
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> onlyGetHasRangesAndOnlyTheStatus200() throws Exception {
        Path file = file("a.txt", "0123456789");
        String[] fields = {"Range: bytes=0-1", "If-None-Match: *"};
        await(
                with(
                        serving(file),
                        s -> {
                            String head = await(ask(s, "HEAD / HTTP/1.1", fields[0]));
                            assertThat(status(head)).isEqualTo("200");
                            assertThat(field(head, "content-length")).isEqualTo("10");
                            String post = await(ask(s, "POST / HTTP/1.1", fields));
                            assertThat(status(post)).isEqualTo("200");
                            assertThat(body(post)).isEqualTo("0123456789");
                            String error = await(ask(s, "GET /error HTTP/1.1", fields));
                            assertThat(status(error)).isEqualTo("404");
                            Files.writeString(file, "01234567890");
                            error = await(ask(s, "GET /error HTTP/1.1"));
                            assertThat(body(error)).isEqualTo("01234567890");
                            return Coroutine.done();
                        }));
        return Coroutine.done();
    }
}
