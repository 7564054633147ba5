package dev.weft.http;

import static dev.weft.Weft.await;
import static dev.weft.http.Clients.client;
import static dev.weft.http.Clients.readAll;
import static dev.weft.http.Clients.readUntil;
import static dev.weft.http.Clients.request;
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
import dev.weft.Task;
import dev.weft.Unhandled;
import dev.weft.Weft;
import dev.weft.junit.WeftTest;
import dev.weft.stream.AsyncStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Requests and answers of HTTP/1.1. */
@WeftTest
class Http1Test {
    @Async
    private static Coroutine<HttpResponse<String>> get(HttpServer server, String path) {
        return Coroutine.of(
                await(client().sendAsync(request(server, path).build(), BodyHandlers.ofString())));
    }

    @Async
    private static Coroutine<HttpResponse<String>> post(
            HttpServer server, String path, String body) {
        return Coroutine.of(
                await(
                        client().sendAsync(
                                        request(server, path)
                                                .POST(BodyPublishers.ofString(body))
                                                .build(),
                                        BodyHandlers.ofString())));
    }

    private static String head(String target, String field) {
        return target
                + " HTTP/1.1\r\nHost: x\r\n"
                + field
                + (field.isEmpty() ? "\r\n" : "\r\n\r\n");
    }

    @Test
    @Async
    Coroutine<Void> aHandlerAnswersWithTheParametersOfThePath() throws Exception {
        HttpServer server =
                server().route(
                                "GET",
                                "/users/{id}/posts/{post}",
                                r ->
                                        Coroutine.of(
                                                Response.text(
                                                        r.pathParameter("id")
                                                                + " "
                                                                + r.pathParameter("post")
                                                                + " "
                                                                + r.query("q")
                                                                + " "
                                                                + r.path())));
        HttpResponse<String> response =
                await(with(server, s -> get(s, "/users/a%20b+c/posts/7?q=x%26y&q=z")));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("a b+c 7 x&y /users/a%20b+c/posts/7");
        assertThat(response.headers().firstValue("content-type"))
                .hasValue("text/plain; charset=utf-8");
        assertThat(response.headers().firstValue("date")).isPresent();
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aHandlerMayWait() throws Exception {
        HttpServer server = server().route("GET", "/", r -> late());
        HttpResponse<String> response = await(with(server, s -> get(s, "/")));
        assertThat(response.body()).isEqualTo("GET /");
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Response> late() {
        await(Weft.sleep(Duration.ZERO)); // time stands still while a client waits
        return Coroutine.of(Response.text(Task.current().name()));
    }

    @Test
    @Async
    Coroutine<Void> aBodyIsRead() throws Exception {
        HttpServer server =
                server().route("POST", "/text", r -> shout(r)).route("POST", "/sum", r -> sum(r));
        String large = "x".repeat(3_000_000);
        await(
                with(
                        server,
                        s -> {
                            assertThat(await(post(s, "/text", "höre")).body()).isEqualTo("HÖRE");
                            assertThat(await(post(s, "/text", "")).body()).isEmpty();
                            assertThat(await(post(s, "/sum", large)).body()).isEqualTo("3000000");
                            return Coroutine.done();
                        }));
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Response> shout(Request request) throws Exception {
        return Coroutine.of(Response.text(await(request.text(1_000)).toUpperCase(Locale.ROOT)));
    }

    @Async
    private static Coroutine<Response> sum(Request request) {
        long sum = await(request.body().fold(0L, (all, part) -> all + part.remaining()));
        return Coroutine.of(Response.text(String.valueOf(sum)));
    }

    @Test
    @Async
    Coroutine<Void> aStreamIsSentInChunks() throws Exception {
        HttpServer server =
                server().route(
                                "GET",
                                "/",
                                r ->
                                        Coroutine.of(
                                                Response.stream(
                                                        "text/plain",
                                                        AsyncStream.of("a", "bc", "")
                                                                .map(Http1Test::buffer))));
        String answer =
                await(
                        with(
                                server,
                                s ->
                                        send(
                                                s,
                                                "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")));
        assertThat(answer)
                .contains("transfer-encoding: chunked")
                .endsWith("\r\n\r\n1\r\na\r\n2\r\nbc\r\n0\r\n\r\n");
        return Coroutine.done();
    }

    private static ByteBuffer buffer(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }

    @Test
    @Async
    Coroutine<Void> aStreamForAnOldClientEndsWithTheConnection() throws Exception {
        HttpServer server =
                server().route(
                                "GET",
                                "/",
                                r ->
                                        Coroutine.of(
                                                Response.stream(
                                                        "text/plain",
                                                        AsyncStream.of("a", "bc")
                                                                .map(Http1Test::buffer))));
        String answer = await(with(server, s -> send(s, "GET / HTTP/1.0\r\n\r\n")));
        assertThat(answer).doesNotContain("chunked").endsWith("\r\n\r\nabc");
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> unknownPathsAndMethodsAreRefused() throws Exception {
        HttpServer server =
                server().route("GET", "/a/{x}", r -> Coroutine.of(Response.of(204)))
                        .route("PUT", "/a/b", r -> Coroutine.of(Response.of(201)));
        await(
                with(
                        server,
                        s -> {
                            assertThat(await(get(s, "/nowhere")).statusCode()).isEqualTo(404);
                            assertThat(await(get(s, "/a/b")).statusCode()).isEqualTo(204);
                            HttpResponse<String> refused = await(post(s, "/a/b", ""));
                            assertThat(refused.statusCode()).isEqualTo(405);
                            assertThat(refused.headers().firstValue("allow"))
                                    .hasValue("GET, HEAD, PUT");
                            return Coroutine.done();
                        }));
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> headIsAnsweredByTheRouteOfGet() throws Exception {
        HttpServer server = server().route("GET", "/", r -> Coroutine.of(Response.text("12345")));
        String answer =
                await(
                        with(
                                server,
                                s ->
                                        send(
                                                s,
                                                head("HEAD /", "")
                                                        + head("GET /", "Connection: close"))));
        assertThat(answer)
                .containsOnlyOnce("12345")
                .contains("content-length: 5\r\n")
                .endsWith("12345");
        assertThat(answer.split("HTTP/1.1 200 OK")).hasSize(3);
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aHandlerThatFailsIsReported() throws Exception {
        List<Unhandled> reports = new ArrayList<>();
        EventLoop.current().exceptionHandler(reports::add);
        HttpServer server =
                server().route("GET", "/throws", r -> broken())
                        .route("GET", "/null", r -> Coroutine.of(null));
        await(
                with(
                        server,
                        s -> {
                            assertThat(await(get(s, "/throws")).statusCode()).isEqualTo(500);
                            assertThat(await(get(s, "/null")).statusCode()).isEqualTo(500);
                            return Coroutine.done();
                        }));
        assertThat(reports).hasSize(2);
        assertThat(reports.get(0).exception()).hasMessage("broken");
        assertThat(reports.get(0).task().name()).isEqualTo("GET /throws");
        return Coroutine.done();
    }

    private static Coroutine<Response> broken() {
        throw new IllegalStateException("broken");
    }

    @Test
    @Async
    Coroutine<Void> aClientThatGoesAwayCancelsItsHandler() throws Exception {
        Promise<Void> cancelled = new Promise<>();
        CountDownLatch started = new CountDownLatch(1);
        HttpServer server = server().route("GET", "/", r -> forEver(started, cancelled));
        await(
                with(
                        server,
                        s -> {
                            await(
                                    talk(
                                            s,
                                            socket -> {
                                                write(socket, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
                                                started.await();
                                                return null;
                                            }));
                            await(cancelled);
                            return Coroutine.done();
                        }));
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Response> forEver(CountDownLatch started, Promise<Void> cancelled) {
        started.countDown();
        try {
            await(Weft.sleep(Duration.ofDays(100)));
        } finally {
            cancelled.complete(null);
        }
        return Coroutine.of(Response.of(200));
    }

    @Test
    @Async
    Coroutine<Void> theServerAsksForTheBodyWhenTheHandlerReads() throws Exception {
        HttpServer server =
                server().route("POST", "/", r -> shout(r)).route("PUT", "/", r -> late());
        String head = " / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n";
        await(
                with(
                        server,
                        s -> {
                            String read =
                                    await(
                                            talk(
                                                    s,
                                                    socket -> {
                                                        write(
                                                                socket,
                                                                "POST"
                                                                        + head
                                                                        + "Connection: close\r\n\r\n");
                                                        String first =
                                                                readUntil(socket, "\r\n\r\n");
                                                        write(socket, "ab");
                                                        return first + readAll(socket);
                                                    }));
                            assertThat(read)
                                    .startsWith("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK")
                                    .endsWith("AB");
                            String unread = await(send(s, "PUT" + head + "\r\n"));
                            assertThat(unread)
                                    .startsWith("HTTP/1.1 200 OK")
                                    .contains("connection: close");
                            return Coroutine.done();
                        }));
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> theServerAsksForABodyThatTheAnswerSendsBack() throws Exception {
        HttpServer server =
                server().route("POST", "/", r -> Coroutine.of(Response.stream("x/y", r.body())));
        String fields = "Connection: close\r\nContent-Length: 4\r\nExpect: 100-continue\r\n";
        String head = "POST / HTTP/1.1\r\nHost: x\r\n" + fields + "\r\n";
        String answer =
                await(
                        with(
                                server,
                                s ->
                                        talk(
                                                s,
                                                socket -> {
                                                    write(socket, head);
                                                    String asked = readUntil(socket, "\r\n\r\n");
                                                    write(socket, "body");
                                                    return asked + readAll(socket);
                                                })));
        assertThat(answer)
                .startsWith("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK")
                .endsWith("4\r\nbody\r\n0\r\n\r\n");
        return Coroutine.done();
    }
}
