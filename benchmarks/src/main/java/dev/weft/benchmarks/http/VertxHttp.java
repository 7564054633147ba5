package dev.weft.benchmarks.http;

import dev.weft.benchmarks.serving.ServerSide;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.ExecutionException;

/** One event loop and one server of Vert.x, which takes both versions of HTTP. */
final class VertxHttp {
    private static final CharSequence TEXT_TYPE = HttpHeaders.createOptimized(Answers.TEXT_TYPE);
    private static final CharSequence JSON_TYPE = HttpHeaders.createOptimized(Answers.JSON_TYPE);
    private static final Buffer TEXT = Buffer.buffer(Answers.TEXT);

    private VertxHttp() {}

    static void run() throws InterruptedException, ExecutionException {
        Vertx vertx =
                Vertx.vertx(
                        new VertxOptions().setEventLoopPoolSize(1).setPreferNativeTransport(true));
        if (!vertx.isNativeTransportEnabled()) {
            throw new IllegalStateException(
                    "Error: no epoll", vertx.unavailableNativeTransportCause());
        }
        HttpServerOptions options =
                new HttpServerOptions().setAcceptBacklog(ServerSide.BACKLOG).setTcpNoDelay(true);
        HttpServer server =
                vertx.createHttpServer(options)
                        .requestHandler(VertxHttp::answer)
                        .listen(0, "127.0.0.1")
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get();
        ServerSide.ready(server.actualPort());
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a failure closes the connection
    private static void answer(HttpServerRequest request) {
        switch (request.path()) {
            case Answers.TEXT_PATH -> answer(request, TEXT_TYPE, TEXT);
            case Answers.JSON_PATH -> answer(request, JSON_TYPE, Buffer.buffer(Answers.json()));
            default -> request.response().setStatusCode(404).end();
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a failure closes the connection
    private static void answer(HttpServerRequest request, CharSequence type, Buffer body) {
        request.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, type)
                .putHeader(HttpHeaders.DATE, Answers.date())
                .putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()))
                .end(body);
    }
}
