package dev.weft.http;

import static dev.weft.Weft.await;
import static dev.weft.http.Clients.readAll;
import static dev.weft.http.Clients.readUntil;
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
import dev.weft.Weft;
import dev.weft.junit.WeftTest;
import dev.weft.stream.AsyncStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Limits for clients: sizes, times and numbers. */
@WeftTest(virtualTime = false)
class LimitsTest {
    private static final Duration SHORT = Duration.ofMillis(50);

    @Async
    private static Coroutine<Response> echo(Request request) throws Exception {
        return Coroutine.of(Response.text(await(request.text(1_000))));
    }

    private static String post(String fields) {
        return "POST / HTTP/1.1\r\nHost: x\r\n" + fields + "\r\n";
    }

    @Test
    @Async
    Coroutine<Void> aLargeBodyIsRefused() throws Exception {
        HttpServer server = server().maxBody(10).route("POST", "/", r -> echo(r));
        String large = "x".repeat(200_000);
        await(
                with(
                        server,
                        s -> {
                            assertThat(await(send(s, post("Content-Length: 200000\r\n") + large)))
                                    .startsWith("HTTP/1.1 413 ")
                                    .doesNotContain("<reset>");
                            assertThat(
                                            await(
                                                    send(
                                                            s,
                                                            post("Transfer-Encoding: chunked\r\n")
                                                                    + "5\r\n12345\r\n6\r\n123456\r\n")))
                                    .startsWith("HTTP/1.1 413 ");
                            assertThat(
                                            await(
                                                    send(
                                                            s,
                                                            post(
                                                                            "Content-Length: 10\r\nConnection: close\r\n")
                                                                    + "1234567890")))
                                    .startsWith("HTTP/1.1 200 ");
                            return Coroutine.done();
                        }));
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aBodyAboveTheLimitOfItsReaderIsRefused() throws Exception {
        HttpServer server = server().route("POST", "/", r -> echo(r));
        String answer =
                await(
                        with(
                                server,
                                s ->
                                        send(
                                                s,
                                                post(
                                                                "Content-Length: 1001\r\nConnection: close\r\n")
                                                        + "x".repeat(1_001))));
        assertThat(answer).startsWith("HTTP/1.1 413 ");
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aLargeHeadIsRefused() throws Exception {
        HttpServer server =
                server().maxHeader(1_000).route("GET", "/", r -> Coroutine.of(Response.of(200)));
        String half = "x".repeat(600);
        await(
                with(
                        server,
                        s -> {
                            assertThat(await(send(s, "GET /" + "x".repeat(1_000))))
                                    .startsWith("HTTP/1.1 414 ");
                            String line = "GET / HTTP/1.1\r\nHost: x\r\n";
                            assertThat(await(send(s, line + "A: " + "x".repeat(1_000))))
                                    .startsWith("HTTP/1.1 431 ");
                            assertThat(await(send(s, line + "A: b\r\n".repeat(300))))
                                    .startsWith("HTTP/1.1 431 ");
                            assertThat(
                                            await(
                                                    send(
                                                            s,
                                                            "GET /?"
                                                                    + half
                                                                    + " HTTP/1.1\r\nHost: x\r\nA: "
                                                                    + half
                                                                    + "\r\n\r\n")))
                                    .startsWith("HTTP/1.1 431 ");
                            return Coroutine.done();
                        }));
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aSlowClientIsNotWaitedFor() throws Exception {
        HttpServer server = server().idleTimeout(SHORT).route("POST", "/", r -> echo(r));
        await(
                with(
                        server,
                        s -> {
                            assertThat(await(send(s, ""))).isEmpty();
                            assertThat(await(send(s, "POST / HT"))).startsWith("HTTP/1.1 408 ");
                            assertThat(await(send(s, "POST / HTTP/1.1\r\nHost: x\r\n")))
                                    .startsWith("HTTP/1.1 408 ");
                            assertThat(await(send(s, post("Content-Length: 5\r\n") + "123")))
                                    .startsWith("HTTP/1.1 408 ");
                            assertThat(await(send(s, post("Content-Length: 0\r\n"))))
                                    .startsWith("HTTP/1.1 200 ")
                                    .doesNotContain("408");
                            return Coroutine.done();
                        }));
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aHeadThatTricklesIsRefused() throws Exception {
        HttpServer server = server().idleTimeout(SHORT).route("POST", "/", r -> echo(r));
        String answer =
                await(
                        with(
                                server,
                                s ->
                                        talk(
                                                s,
                                                socket -> {
                                                    write(socket, "GET / HTTP/1.1\r\n");
                                                    while (socket.getInputStream().available()
                                                            == 0) {
                                                        write(socket, "A: b\r\n");
                                                        Thread.sleep(5);
                                                    }
                                                    return readUntil(socket, "\r\n");
                                                })));
        assertThat(answer).startsWith("HTTP/1.1 408 ");
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aHandlerMayTakeLongerThanAClient() throws Exception {
        HttpServer server = server().idleTimeout(SHORT).route("GET", "/", r -> slow());
        String answer =
                await(
                        with(
                                server,
                                s ->
                                        send(
                                                s,
                                                "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")));
        assertThat(answer).startsWith("HTTP/1.1 200 ");
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Response> slow() {
        await(Weft.sleep(SHORT.multipliedBy(3)));
        return Coroutine.of(Response.of(200));
    }

    @Test
    @Async
    Coroutine<Void> aStreamWaitsForItsClient() throws Exception {
        AtomicLong sent = new AtomicLong();
        CountDownLatch given = new CountDownLatch(1);
        HttpServer server =
                server().idleTimeout(Duration.ofMillis(300))
                        .route("GET", "/", r -> endless(sent, given));
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
                                                            "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
                                                    given.await();
                                                    return "done";
                                                })));
        assertThat(answer).isEqualTo("done");
        assertThat(sent.get()).isLessThan(20_000_000);
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> anotherRequestGivesASlowReaderNoMoreTime() throws Exception {
        AtomicLong sent = new AtomicLong();
        CountDownLatch given = new CountDownLatch(1);
        CountDownLatch full = new CountDownLatch(1);
        HttpServer server =
                server().idleTimeout(Duration.ofMillis(300))
                        .route("GET", "/", r -> endless(sent, given));
        Task<Void> watch = Task.create(() -> watch(sent, full));
        String request = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
        await(
                with(
                        server,
                        s ->
                                talk(
                                        s,
                                        socket -> {
                                            write(socket, request);
                                            full.await();
                                            write(socket, request);
                                            given.await(); // the answer was given up
                                            return null;
                                        })));
        await(watch);
        return Coroutine.done();
    }

    /** Waits until the server sends no more, because the client does not read. */
    @Async
    private static Coroutine<Void> watch(AtomicLong sent, CountDownLatch full) {
        for (long before = -1; sent.get() == 0 || sent.get() != before; ) {
            before = sent.get();
            await(Weft.sleep(Duration.ofMillis(50)));
        }
        full.countDown();
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Response> endless(AtomicLong sent, CountDownLatch given) {
        return Coroutine.of(Response.stream("text/plain", zeros(sent, given)));
    }

    @Async
    private static AsyncStream<ByteBuffer> zeros(AtomicLong sent, CountDownLatch given) {
        try {
            while (true) {
                sent.addAndGet(10_000);
                AsyncStream.emit(ByteBuffer.allocate(10_000));
            }
        } finally {
            given.countDown();
        }
    }

    @Test
    @Async
    Coroutine<Void> aBodyWaitsForItsHandler() throws Exception {
        Promise<Void> released = new Promise<>();
        EventLoop loop = EventLoop.current();
        HttpServer server = server().route("POST", "/", r -> later(r, released));
        AtomicLong written = new AtomicLong();
        String answer =
                await(
                        with(
                                server,
                                s ->
                                        talk(
                                                s,
                                                socket -> {
                                                    Thread writer =
                                                            new Thread(
                                                                    () -> upload(socket, written));
                                                    writer.start();
                                                    long before = -1;
                                                    while (before != written.get()) {
                                                        before = written.get();
                                                        Thread.sleep(100);
                                                    }
                                                    loop.execute(() -> released.complete(null));
                                                    String text = readAll(socket);
                                                    writer.join();
                                                    return before + " " + text;
                                                })));
        assertThat(Long.parseLong(answer.substring(0, answer.indexOf(' ')))).isLessThan(30_000_000);
        assertThat(answer).endsWith("50000000");
        return Coroutine.done();
    }

    private static void upload(Socket socket, AtomicLong written) {
        try {
            write(socket, post("Content-Length: 50000000\r\nConnection: close\r\n"));
            byte[] part = new byte[100_000];
            for (int i = 0; i < 500; i++) {
                socket.getOutputStream().write(part);
                written.addAndGet(part.length);
            }
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Async
    private static Coroutine<Response> later(Request request, Promise<Void> released) {
        await(released);
        long sum = await(request.body().fold(0L, (all, part) -> all + part.remaining()));
        return Coroutine.of(Response.text(String.valueOf(sum)));
    }

    @Test
    @Async
    Coroutine<Void> noMoreConnectionsAreAcceptedThanTheLimit() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        List<Integer> open = new ArrayList<>();
        HttpServer server = server().maxConnections(2);
        server.route(
                "GET",
                "/",
                r -> {
                    open.add(server.connections());
                    started.countDown();
                    return Coroutine.of(Response.of(200));
                });
        String request = "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
        await(
                with(
                        server,
                        s -> {
                            List<Task<String>> all = new ArrayList<>();
                            for (int i = 0; i < 10; i++) {
                                all.add(Task.create(() -> send(s, request)));
                            }
                            for (Task<String> each : all) {
                                assertThat(await(each)).startsWith("HTTP/1.1 200 ");
                            }
                            return Coroutine.done();
                        }));
        assertThat(open).hasSize(10).allMatch(count -> count <= 2);
        return Coroutine.done();
    }
}
