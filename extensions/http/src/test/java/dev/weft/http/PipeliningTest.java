package dev.weft.http;

import static dev.weft.Weft.await;
import static dev.weft.http.Clients.readAll;
import static dev.weft.http.Clients.readUntil;
import static dev.weft.http.Clients.request;
import static dev.weft.http.Clients.send;
import static dev.weft.http.Clients.server;
import static dev.weft.http.Clients.talk;
import static dev.weft.http.Clients.with;
import static dev.weft.http.Clients.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Promise;
import dev.weft.Task;
import dev.weft.TaskLocal;
import dev.weft.Weft;
import dev.weft.junit.WeftTest;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Requests that a client sends without waiting for the answers. */
@WeftTest
class PipeliningTest {
    private static final String CLOSE = "Connection: close";

    private static String head(String target, String field) {
        return target
                + " HTTP/1.1\r\nHost: x\r\n"
                + field
                + (field.isEmpty() ? "\r\n" : "\r\n\r\n");
    }

    @Async
    private static Coroutine<Response> late() {
        await(Weft.sleep(Duration.ZERO)); // time stands still while a client waits
        return Coroutine.of(Response.text(Task.current().name()));
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
    Coroutine<Void> pipelinedRequestsAreAnsweredInOrder() throws Exception {
        HttpServer server =
                server().route("GET", "/slow", r -> late())
                        .route("POST", "/text", r -> shout(r))
                        .route("GET", "/fast", r -> Coroutine.of(Response.text("fast")));
        String requests =
                "GET /slow HTTP/1.1\r\nHost: x\r\n\r\n"
                        + "POST /text HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc"
                        + "GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n"
                        + "GET /fast HTTP/1.1\r\nHost: x\r\n\r\n".repeat(20)
                        + "GET /slow HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
        String answer = await(with(server, s -> send(s, requests)));
        assertThat(answer.split("HTTP/1.1 ")).hasSize(25);
        assertThat(answer)
                .containsSubsequence("GET /slow", "ABC", "404 Not Found", "fast", "GET /slow")
                .endsWith("GET /slow");
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> anAnswerDoesNotWaitForTheNextHandler() throws Exception {
        Promise<Void> released = new Promise<>();
        HttpServer server =
                server().route("GET", "/fast", r -> Coroutine.of(Response.text("first")))
                        .route("GET", "/slow", r -> after(released));
        EventLoop loop = EventLoop.current();
        String answer =
                await(
                        with(
                                server,
                                s ->
                                        talk(
                                                s,
                                                socket -> {
                                                    write(
                                                            socket,
                                                            head("GET /fast", "")
                                                                    + head(
                                                                            "GET /slow",
                                                                            "Connection: close"));
                                                    readUntil(socket, "first");
                                                    loop.execute(() -> released.complete(null));
                                                    return readAll(socket);
                                                })));
        assertThat(answer).endsWith("second");
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Response> after(Promise<Void> released) {
        await(released);
        return Coroutine.of(Response.text("second"));
    }

    private static final TaskLocal<String> USER = TaskLocal.create();

    @Test
    @Async
    Coroutine<Void> aPipelinedRequestDoesNotSeeTheTaskLocalsOfTheOneBefore() throws Exception {
        HttpServer server = server().route("GET", "/{user}", r -> greet(r));
        String answer =
                await(with(server, s -> send(s, head("GET /ada", "") + head("GET /-", CLOSE))));
        assertThat(answer).contains("user ada").endsWith("user null");
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Response> greet(Request request) {
        if (!request.pathParameter("user").equals("-")) {
            USER.set(request.pathParameter("user"));
        }
        return Coroutine.of(Response.text("user " + USER.get()));
    }

    @Test
    @Async
    Coroutine<Void> pipelinedRequestsWaitWhileTheClientDoesNotRead() throws Exception {
        AtomicInteger handled = new AtomicInteger();
        byte[] large = new byte[1_000_000];
        HttpServer server =
                server().route(
                                "GET",
                                "/",
                                r -> {
                                    handled.incrementAndGet();
                                    return Coroutine.of(Response.bytes("x/y", large));
                                });
        int length =
                await(
                        with(
                                server,
                                s ->
                                        talk(
                                                s,
                                                socket -> {
                                                    write(
                                                            socket,
                                                            head("GET /", "").repeat(40)
                                                                    + head("GET /", CLOSE));
                                                    readUntil(socket, "\r\n\r\n");
                                                    assertThat(handled.get()).isLessThan(30);
                                                    return readAll(socket).length();
                                                })));
        assertThat(length).isGreaterThan(41_000_000);
        assertThat(handled).hasValue(41);
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> requestsAfterTheLastAnswerAreNotHandled() throws Exception {
        AtomicInteger handled = new AtomicInteger();
        HttpServer server =
                server().route("GET", "/", r -> Coroutine.of(Response.of(204)))
                        .route(
                                "POST",
                                "/",
                                r -> {
                                    handled.incrementAndGet();
                                    return Coroutine.of(Response.of(204));
                                });
        String answer =
                await(
                        with(
                                server,
                                s ->
                                        send(
                                                s,
                                                head("GET /", "")
                                                        + head("GET /", CLOSE)
                                                        + head("POST /", "Content-Length: 0")
                                                                .repeat(5))));
        assertThat(answer.split("HTTP/1.1 204")).hasSize(3);
        assertThat(handled).hasValue(0);
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> theBodyOfAPipelinedRequestComesWhileItWaits() throws Exception {
        HttpServer server = server().route("GET", "/", r -> late()).route("POST", "/", r -> sum(r));
        String body = "x".repeat(500_000);
        String requests =
                head("GET /", "")
                        + head("POST /", "Content-Length: " + body.length())
                        + body
                        + head("POST /", "Content-Length: 3")
                        + "abc"
                        + head("GET /", CLOSE);
        String answer = await(with(server, s -> send(s, requests)));
        assertThat(answer)
                .containsSubsequence(
                        "\r\n\r\nGET /", "\r\n\r\n500000", "\r\n\r\n3", "\r\n\r\nGET /");
        return Coroutine.done();
    }
}
