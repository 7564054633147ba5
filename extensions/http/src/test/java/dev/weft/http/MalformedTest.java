package dev.weft.http;

import static dev.weft.Weft.await;
import static dev.weft.http.Clients.send;
import static dev.weft.http.Clients.server;
import static dev.weft.http.Clients.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.junit.WeftTest;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Requests that servers and proxies might read differently. Each is refused, and ends the
 * connection.
 */
@WeftTest
class MalformedTest {
    private static final String HOST = "Host: x\r\n";
    private static final String SMUGGLED = "GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n";

    @Async
    private static Coroutine<Void> isRefused(String status, List<String> requests)
            throws Exception {
        HttpServer server =
                server().route("POST", "/", r -> Coroutine.of(Response.text(r.path())))
                        .route("GET", "/a/{b}", r -> Coroutine.of(Response.text(r.path())))
                        .route("GET", "/", r -> Coroutine.of(Response.text(r.path())));
        await(
                with(
                        server,
                        s -> {
                            for (String request : requests) {
                                String answer = await(send(s, request + SMUGGLED));
                                assertThat(answer)
                                        .as(request)
                                        .startsWith("HTTP/1.1 " + status + " ")
                                        .contains("connection: close\r\n")
                                        .doesNotContain("404", "<reset>");
                            }
                            return Coroutine.done();
                        }));
        return Coroutine.done();
    }

    private static String post(String fields) {
        return "POST / HTTP/1.1\r\n" + HOST + fields + "\r\n";
    }

    @Test
    @Async
    Coroutine<Void> lengthsThatContradictEachOther() throws Exception {
        await(
                isRefused(
                        "400",
                        List.of(
                                post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n")
                                        + "0\r\n\r\n",
                                post("Transfer-Encoding: chunked\r\nContent-Length: 0\r\n"),
                                post("Content-Length: 5\r\nContent-Length: 6\r\n") + "12345",
                                post("Content-Length: 5, 5\r\n") + "12345",
                                post("Content-Length: +5\r\n") + "12345",
                                post("Content-Length: -1\r\n"),
                                post("Content-Length: 0x5\r\n") + "12345",
                                post("Content-Length:\r\n"),
                                post("Content-Length: 5 5\r\n") + "12345",
                                post("Sec-WebSocket-Key1: x\r\nSec-WebSocket-Key2: x\r\n"))));
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> transferEncodings() throws Exception {
        await(
                isRefused(
                        "501",
                        List.of(
                                post("Transfer-Encoding: gzip, chunked\r\n"),
                                post("Transfer-Encoding: chunked, identity\r\n"),
                                post("Transfer-Encoding: xchunked\r\n"),
                                post(
                                        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n"))));
        await(
                isRefused(
                        "400",
                        List.of(
                                "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                                post("Transfer-Encoding : chunked\r\n") + "0\r\n\r\n",
                                post("Transfer-Encoding: \u000bchunked\r\n") + "0\r\n\r\n")));
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> linesAndFields() throws Exception {
        await(
                isRefused(
                        "400",
                        List.of(
                                "GET / HTTP/1.1\n" + HOST + "\r\n",
                                "GET / HTTP/1.1\r\nHost: x\n\n",
                                "GET / HTTP/1.1\r\n" + HOST + "A: b\n\r\n",
                                "GET / HTTP/1.1\r\n" + HOST + "A: b\r\n c\r\n\r\n",
                                "GET / HTTP/1.1\r\n" + HOST + "A: b\r\n\tc\r\n\r\n",
                                "GET / HTTP/1.1\r\n Host: x\r\n\r\n",
                                "GET / HTTP/1.1\r\n" + HOST + "A : b\r\n\r\n",
                                "GET / HTTP/1.1\r\n" + HOST + "A b\r\n\r\n",
                                "GET / HTTP/1.1\r\n" + HOST + ": b\r\n\r\n",
                                "GET / HTTP/1.1\r\n" + HOST + "A: b\u0000c\r\n\r\n",
                                "GET / HTTP/1.1\r\n" + HOST + "A: b\rc\r\n\r\n",
                                "GET / HTTP/1.1\r\n\r\n",
                                "GET / HTTP/1.1\r\n" + HOST + HOST + "\r\n",
                                "GET / HTTP/1.1\r\nHost: a b\r\n\r\n",
                                "GET / HTTP/1.1\r\nHost: a@b\r\n\r\n",
                                "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n",
                                "GET / http/1.1\r\n" + HOST + "\r\n",
                                "GET * HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n",
                                "GET /a/\u0000 HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n",
                                "GET /a/%zz HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n",
                                "GET relative HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n",
                                "GET / HTTP/1.1 x\r\n" + HOST + "\r\n",
                                "GET / x HTTP/1.1\r\n" + HOST + "\r\n",
                                "G(T / HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n",
                                "nonsense\r\n\r\n")));
        await(isRefused("505", List.of("GET / HTTP/2.0\r\n" + HOST + "Connection: close\r\n\r\n")));
        await(isRefused("417", List.of(post("Expect: something\r\nConnection: close\r\n"))));
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> chunks() throws Exception {
        String head = post("Transfer-Encoding: chunked\r\n");
        HttpServer server = server().route("POST", "/", r -> echo(r));
        List<String> bodies =
                List.of(
                        "x\r\n",
                        "-1\r\n",
                        "5\r\n123456\r\n0\r\n\r\n",
                        "5\n12345\r\n0\r\n\r\n",
                        "5;\n\r\n12345\r\n0\r\n\r\n",
                        "fffffffff\r\n",
                        "100000005\r\n12345\r\n0\r\n\r\n",
                        "10000000000000005\r\n12345\r\n0\r\n\r\n",
                        "5\r\n12345\r\n100000000\r\n\r\n",
                        "5 5\r\n12345\r\n0\r\n\r\n",
                        " 5\r\n12345\r\n0\r\n\r\n",
                        "\r\n12345\r\n0\r\n\r\n",
                        "\u00b2\r\n12\r\n0\r\n\r\n",
                        "0x5\r\n12345\r\n0\r\n\r\n",
                        "1\r\n12\r\n0\r\n\r\n");
        await(
                with(
                        server,
                        s -> {
                            for (String body : bodies) {
                                String answer = await(send(s, head + body + SMUGGLED));
                                assertThat(answer)
                                        .as(body)
                                        .startsWith("HTTP/1.1 400 ")
                                        .contains("connection: close\r\n")
                                        .doesNotContain("404", "<reset>");
                            }
                            return Coroutine.done();
                        }));
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Response> echo(Request request) throws Exception {
        return Coroutine.of(Response.text(await(request.text(1_000))));
    }
}
