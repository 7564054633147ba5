package dev.weft.benchmarks.http;

import static dev.weft.Weft.await;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Runner;
import dev.weft.Weft;
import dev.weft.benchmarks.serving.ServerSide;
import dev.weft.http.HttpServer;
import dev.weft.http.Response;
import dev.weft.netty.NettyLoop;
import java.io.IOException;
import java.net.InetSocketAddress;

/** A task for each request. */
final class WeftHttp {
    private WeftHttp() {}

    static void run(boolean usesEpoll) {
        try (Runner runner = Weft.runner()) {
            runner.poller(usesEpoll ? NettyLoop.epoll() : NettyLoop.nio()).run(() -> serve());
        }
    }

    @Async
    private static Coroutine<Void> serve() throws IOException {
        try (HttpServer server = HttpServer.bind(ServerSide.address())) {
            ServerSide.ready((InetSocketAddress) server.address());
            await(
                    server.http2(true)
                            .route("GET", Answers.TEXT_PATH, request -> text())
                            .route("GET", Answers.JSON_PATH, request -> json())
                            .serve());
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Response> text() {
        return Coroutine.of(Response.bytes(Answers.TEXT_TYPE, Answers.TEXT));
    }

    @Async
    private static Coroutine<Response> json() {
        return Coroutine.of(Response.bytes(Answers.JSON_TYPE, Answers.json()));
    }
}
