package dev.weft.http;

import static dev.weft.Weft.await;
import static dev.weft.http.Clients.ask;
import static dev.weft.http.Clients.port;
import static dev.weft.http.Clients.readAll;
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
import dev.weft.Weft;
import dev.weft.junit.WeftTest;
import dev.weft.netty.NettyLoop;
import dev.weft.stream.AsyncStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket.Listener;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules of an HTTP server that hold on each transport of Netty. */
@WeftTest(virtualTime = false, timeout = 30)
abstract class TransportRules {
    private final Transports transport;

    @TempDir Path folder;

    TransportRules(Transports transport) {
        this.transport = transport;
    }

    @BeforeAll
    static void makeKeys() {
        assertThat(TestTls.CONTEXT).isNotNull();
    }

    private HttpServer installed() throws IOException {
        EventLoop.current().poller(NettyLoop.class, transport.factory());
        return server();
    }

    @Async
    private static Coroutine<Response> count(Request request) {
        long sum = await(request.body().fold(0L, (all, part) -> all + part.remaining()));
        return Coroutine.of(Response.text("count " + sum));
    }

    @Test
    @Async
    Coroutine<Void> pipelinedRequestsAreAnsweredInOrder() throws Exception {
        HttpServer server =
                installed()
                        .route("GET", "/{n}", r -> Coroutine.of(Response.text(r.path())))
                        .route("POST", "/", r -> count(r));
        String requests =
                "GET /1 HTTP/1.1\r\nHost: x\r\n\r\n".repeat(50)
                        + "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 300000\r\n\r\n"
                        + "x".repeat(300_000)
                        + "GET /2 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
        String answer = await(with(server, s -> send(s, requests)));
        assertThat(answer.split("HTTP/1.1 200")).hasSize(53);
        assertThat(answer).containsSubsequence("/1", "count 300000").endsWith("/2");
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> bodiesGoBothWaysWithTlsAndHttp2() throws Exception {
        Path file = Files.write(folder.resolve("large"), new byte[2_000_000]);
        HttpServer server =
                installed()
                        .tls(TestTls.CONTEXT)
                        .http2(true)
                        .route("POST", "/", r -> count(r))
                        .route("GET", "/", r -> Coroutine.of(Response.file(file)));
        HttpClient client = HttpClient.newBuilder().sslContext(TestTls.CONTEXT).build();
        await(
                with(
                        server,
                        s -> {
                            URI uri = Clients.secureUri(s, "/");
                            HttpRequest post =
                                    HttpRequest.newBuilder(uri)
                                            .POST(BodyPublishers.ofByteArray(new byte[2_000_000]))
                                            .build();
                            HttpResponse<String> counted =
                                    await(client.sendAsync(post, BodyHandlers.ofString()));
                            assertThat(counted.body()).isEqualTo("count 2000000");
                            HttpRequest get = HttpRequest.newBuilder(uri).build();
                            HttpResponse<byte[]> sent =
                                    await(client.sendAsync(get, BodyHandlers.ofByteArray()));
                            assertThat(sent.version()).isEqualTo(HttpClient.Version.HTTP_2);
                            assertThat(sent.body()).hasSize(2_000_000);
                            return Coroutine.done();
                        }));
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aFileAndAStreamWaitForTheClient() throws Exception {
        Path file = Files.write(folder.resolve("large"), new byte[10_000_000]);
        AsyncStream<ByteBuffer> parts =
                AsyncStream.of("a", "b", "c")
                        .map(part -> ByteBuffer.wrap(part.repeat(1_000_000).getBytes(UTF_8)));
        HttpServer server =
                installed()
                        .route("GET", "/file", r -> Coroutine.of(Response.file(file)))
                        .route("GET", "/", r -> Coroutine.of(Response.stream("x/y", parts)));
        await(
                with(
                        server,
                        s -> {
                            assertThat(await(ask(s, "GET /file HTTP/1.0")))
                                    .hasSizeGreaterThan(10_000_000);
                            assertThat(await(ask(s, "GET / HTTP/1.0")))
                                    .hasSizeGreaterThan(3_000_000)
                                    .endsWith("c");
                            return Coroutine.done();
                        }));
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aClientThatGoesAwayCancelsItsHandler() throws Exception {
        Promise<Void> cancelled = new Promise<>();
        CountDownLatch started = new CountDownLatch(1);
        HttpServer server = installed().route("GET", "/", r -> forEver(started, cancelled));
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
    Coroutine<Void> aWebSocketEchoes() throws Exception {
        HttpServer server = installed().route("GET", "/", r -> echo(r));
        CompletableFuture<String> received = new CompletableFuture<>();
        Listener listener =
                new Listener() {
                    @Override
                    public CompletionStage<?> onText(
                            java.net.http.WebSocket socket, CharSequence part, boolean isLast) {
                        received.complete(part.toString());
                        return Listener.super.onText(socket, part, isLast);
                    }
                };
        await(
                with(
                        server,
                        s -> {
                            java.net.http.WebSocket socket =
                                    await(
                                            HttpClient.newHttpClient()
                                                    .newWebSocketBuilder()
                                                    .buildAsync(
                                                            URI.create("ws://127.0.0.1:" + port(s)),
                                                            listener));
                            await(socket.sendText("hello", true));
                            assertThat(await(received)).isEqualTo("hello");
                            socket.abort();
                            return Coroutine.done();
                        }));
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Response> echo(Request request) throws IOException {
        WebSocket socket = await(request.webSocket());
        AsyncStream<Message> messages = socket.messages();
        while (await(messages.hasNext())) {
            if (messages.next() instanceof Message.Text text) {
                await(socket.send(text.text()));
            }
        }
        return Coroutine.of(null);
    }

    @Test
    @Async
    Coroutine<Void> aShutdownAnswersWhatIsUnderWay() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        Promise<Void> released = new Promise<>();
        HttpServer server = installed().route("GET", "/", r -> late(started, released));
        Task<Void> serving = Task.create(() -> server.serve());
        Task<String> answer =
                Task.create(
                        () ->
                                talk(
                                        server,
                                        socket -> {
                                            write(socket, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
                                            return readAll(socket);
                                        }));
        await(Weft.blocking(() -> started.await()));
        Task<Void> ending = Task.create(() -> server.shutdown(Duration.ofSeconds(20)));
        await(Weft.sleep(Duration.ZERO));
        released.complete(null);
        assertThat(await(answer)).contains("connection: close").endsWith("late");
        await(ending);
        await(serving);
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Response> late(CountDownLatch started, Promise<Void> released) {
        started.countDown();
        await(released);
        return Coroutine.of(Response.text("late"));
    }

    @Test
    @Async
    Coroutine<Void> manyConnectionsAreServedSideBySide() throws Exception {
        HttpServer server = installed().route("POST", "/", r -> count(r));
        HttpClient client = Clients.client();
        await(
                with(
                        server,
                        s -> {
                            HttpRequest post =
                                    request(s, "/").POST(BodyPublishers.ofString("abc")).build();
                            var all =
                                    Stream.generate(
                                                    () ->
                                                            client.sendAsync(
                                                                    post, BodyHandlers.ofString()))
                                            .limit(100)
                                            .toList();
                            for (var one : all) {
                                assertThat(await(one).body()).isEqualTo("count 3");
                            }
                            return Coroutine.done();
                        }));
        return Coroutine.done();
    }
}
