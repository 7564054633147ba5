package dev.weft.http;

import static dev.weft.Weft.await;
import static dev.weft.Weft.gather;
import static dev.weft.http.Clients.port;
import static dev.weft.http.Clients.server;
import static dev.weft.http.Clients.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Promise;
import dev.weft.Task;
import dev.weft.Weft;
import dev.weft.junit.WeftTest;
import dev.weft.stream.AsyncStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** TLS with ALPN, and HTTP/2 with the client of the JDK. */
@WeftTest(virtualTime = false, timeout = 30)
class Http2Test {
    @BeforeAll
    static void makeKeys() {
        assertThat(TestTls.CONTEXT).isNotNull();
    }

    private static HttpClient client(HttpClient.Version version) {
        return HttpClient.newBuilder().version(version).sslContext(TestTls.CONTEXT).build();
    }

    private static HttpRequest.Builder request(HttpServer server, String path) {
        return HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port(server) + path));
    }

    private static HttpServer secured() throws Exception {
        return server().tls(TestTls.CONTEXT).http2(true);
    }

    @Async
    private static Coroutine<Response> describe(Request request) throws Exception {
        String body = await(request.text(100));
        assertThat(request.headers().names()).noneMatch(name -> name.startsWith("x-http2"));
        assertThat(request.headers().get("transfer-encoding")).isNull();
        return Coroutine.of(
                Response.text(request.version() + " " + request.method() + " " + body)
                        .header("X-Task", Task.current().name()));
    }

    @Test
    @Async
    Coroutine<Void> theClientChoosesTheVersion() throws Exception {
        HttpServer server =
                secured()
                        .route("POST", "/a", r -> describe(r))
                        .route("GET", "/a", r -> describe(r));
        await(
                with(
                        server,
                        s -> {
                            HttpRequest post =
                                    request(s, "/a").POST(BodyPublishers.ofString("body")).build();
                            HttpResponse<String> two =
                                    await(
                                            client(HttpClient.Version.HTTP_2)
                                                    .sendAsync(post, BodyHandlers.ofString()));
                            assertThat(two.version()).isEqualTo(HttpClient.Version.HTTP_2);
                            assertThat(two.body()).isEqualTo("2 POST body");
                            assertThat(two.headers().firstValue("x-task")).hasValue("POST /a");
                            HttpResponse<String> one =
                                    await(
                                            client(HttpClient.Version.HTTP_1_1)
                                                    .sendAsync(
                                                            request(s, "/a").build(),
                                                            BodyHandlers.ofString()));
                            assertThat(one.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
                            assertThat(one.body()).isEqualTo("1 GET ");
                            return Coroutine.done();
                        }));
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> streamsOfAConnectionAreHandledSideBySide() throws Exception {
        Promise<Void> all = new Promise<>();
        List<String> arrived = new ArrayList<>();
        HttpServer server = secured().route("GET", "/{i}", r -> meet(r, arrived, all));
        await(
                with(
                        server,
                        s -> {
                            HttpClient client = client(HttpClient.Version.HTTP_2);
                            HttpRequest first = request(s, "/0").build();
                            Task<HttpResponse<String>> opens =
                                    Task.create(() -> sent(client, first));
                            while (arrived.isEmpty()) { // then there is one connection
                                await(Weft.sleep(Duration.ofMillis(1)));
                            }
                            List<Task<HttpResponse<String>>> others = new ArrayList<>();
                            others.add(opens);
                            for (int i = 1; i < 20; i++) {
                                HttpRequest next = request(s, "/" + i).build();
                                others.add(Task.create(() -> sent(client, next)));
                            }
                            for (HttpResponse<String> response : await(gather(others))) {
                                assertThat(response.body()).isEqualTo("all");
                            }
                            assertThat(s.connections()).isEqualTo(1);
                            return Coroutine.done();
                        }));
        return Coroutine.done();
    }

    @Async
    private static Coroutine<HttpResponse<String>> sent(HttpClient client, HttpRequest request) {
        return Coroutine.of(await(client.sendAsync(request, BodyHandlers.ofString())));
    }

    @Async
    private static Coroutine<Response> meet(
            Request request, List<String> arrived, Promise<Void> all) {
        arrived.add(request.pathParameter("i"));
        if (arrived.size() == 20) {
            all.complete(null);
        }
        await(all);
        return Coroutine.of(Response.text("all"));
    }

    @Test
    @Async
    Coroutine<Void> aStreamThatIsResetCancelsItsHandler() throws Exception {
        Promise<Void> started = new Promise<>();
        Promise<Void> cancelled = new Promise<>();
        HttpServer server = secured().route("GET", "/", r -> forEver(started, cancelled));
        await(
                with(
                        server,
                        s -> {
                            CompletableFuture<?> sent =
                                    client(HttpClient.Version.HTTP_2)
                                            .sendAsync(
                                                    request(s, "/").build(),
                                                    BodyHandlers.ofString());
                            await(started);
                            sent.cancel(true);
                            await(cancelled);
                            return Coroutine.done();
                        }));
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Response> forEver(Promise<Void> started, Promise<Void> cancelled) {
        started.complete(null);
        try {
            await(new Promise<Void>());
        } finally {
            cancelled.complete(null);
        }
        return Coroutine.of(Response.of(200));
    }

    @Test
    @Async
    Coroutine<Void> largeBodiesGoBothWays() throws Exception {
        HttpServer server =
                secured()
                        .maxBody(5_000_000)
                        .route("POST", "/", r -> Coroutine.of(Response.stream("x/y", r.body())));
        await(
                with(
                        server,
                        s -> {
                            for (HttpClient.Version version : HttpClient.Version.values()) {
                                byte[] large = new byte[3_000_000];
                                new java.util.Random(1).nextBytes(large);
                                HttpRequest request =
                                        request(s, "/")
                                                .POST(BodyPublishers.ofByteArray(large))
                                                .build();
                                HttpResponse<byte[]> answer =
                                        await(
                                                client(version)
                                                        .sendAsync(
                                                                request,
                                                                BodyHandlers.ofByteArray()));
                                assertThat(answer.body()).isEqualTo(large);
                            }
                            return Coroutine.done();
                        }));
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> errorsHaveTheirStatus() throws Exception {
        HttpServer server = secured().maxBody(10).route("POST", "/", r -> describe(r));
        await(
                with(
                        server,
                        s -> {
                            HttpClient client = client(HttpClient.Version.HTTP_2);
                            HttpRequest large =
                                    request(s, "/")
                                            .POST(BodyPublishers.ofString("x".repeat(20)))
                                            .build();
                            assertThat(await(sent(client, large)).statusCode()).isEqualTo(413);
                            HttpRequest unknown = request(s, "/unknown").build();
                            assertThat(await(sent(client, unknown)).statusCode()).isEqualTo(404);
                            HttpRequest wrong = request(s, "/").build();
                            assertThat(await(sent(client, wrong)).statusCode()).isEqualTo(405);
                            HttpRequest good =
                                    request(s, "/").POST(BodyPublishers.ofString("x")).build();
                            assertThat(await(sent(client, good)).statusCode()).isEqualTo(200);
                            return Coroutine.done();
                        }));
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aStreamOfAnswersWaitsForItsClient() throws Exception {
        long[] sent = {0};
        HttpServer server =
                secured().route("GET", "/", r -> Coroutine.of(Response.stream("x/y", zeros(sent))));
        await(
                with(
                        server,
                        s -> {
                            HttpClient client = client(HttpClient.Version.HTTP_2);
                            HttpResponse<java.io.InputStream> unread =
                                    await(
                                            client.sendAsync(
                                                    request(s, "/").build(),
                                                    BodyHandlers.ofInputStream()));
                            long before = -1;
                            while (before != sent[0]) {
                                before = sent[0];
                                await(Weft.sleep(Duration.ofMillis(100)));
                            }
                            assertThat(sent[0]).isBetween(1L, 50_000_000L);
                            unread.body().close();
                            return Coroutine.done();
                        }));
        return Coroutine.done();
    }

    @Async
    private static AsyncStream<ByteBuffer> zeros(long[] sent) {
        while (true) {
            sent[0] += 10_000;
            AsyncStream.emit(ByteBuffer.allocate(10_000));
        }
    }
}
