package dev.weft.http;

import static dev.weft.Weft.await;
import static dev.weft.http.Clients.readAll;
import static dev.weft.http.Clients.readUntil;
import static dev.weft.http.Clients.send;
import static dev.weft.http.Clients.server;
import static dev.weft.http.Clients.talk;
import static dev.weft.http.Clients.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Promise;
import dev.weft.Task;
import dev.weft.Weft;
import dev.weft.junit.WeftTest;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The end of a server. */
@WeftTest(virtualTime = false)
class DrainTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";

    @Async
    private static Coroutine<Response> when(Promise<Void> started, Promise<Void> released) {
        started.complete(null);
        await(released);
        return Coroutine.of(Response.text("done"));
    }

    @Test
    @Async
    Coroutine<Void> aShutdownAnswersWhatIsUnderWay() throws Exception {
        Promise<Void> started = new Promise<>();
        Promise<Void> released = new Promise<>();
        HttpServer server = server().route("GET", "/", r -> when(started, released));
        Task<Void> serving = Task.create(() -> server.serve());
        Task<String> client = Task.create(() -> send(server, GET));
        await(started);
        Task<Void> shutdown = Task.create(() -> server.shutdown(Duration.ofSeconds(5)));
        await(Weft.sleep(Duration.ofMillis(10)));
        assertThat(serving.done()).isFalse();
        released.complete(null);
        assertThat(await(client)).contains("connection: close").endsWith("done");
        await(shutdown);
        await(serving);
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aShutdownEndsIdleConnections() throws Exception {
        HttpServer server = server().route("GET", "/", r -> Coroutine.of(Response.text("done")));
        Task<Void> serving = Task.create(() -> server.serve());
        Promise<Void> answered = new Promise<>();
        EventLoop loop = EventLoop.current();
        Task<String> client =
                Task.create(
                        () ->
                                talk(
                                        server,
                                        socket -> {
                                            write(socket, GET);
                                            readUntil(socket, "done");
                                            loop.execute(() -> answered.complete(null));
                                            return readAll(socket);
                                        }));
        await(answered);
        await(server.shutdown(Duration.ofDays(1)));
        assertThat(await(client)).isEmpty();
        await(serving);
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aShutdownCancelsWhatTakesTooLong() throws Exception {
        Promise<Void> started = new Promise<>();
        HttpServer server = server().route("GET", "/", r -> when(started, new Promise<>()));
        Task<Void> serving = Task.create(() -> server.serve());
        Task<String> client = Task.create(() -> send(server, GET));
        await(started);
        await(server.shutdown(Duration.ofMillis(10)));
        assertThat(await(client)).doesNotContain("200");
        await(serving);
        await(server.serve()); // returns at once
        return Coroutine.done();
    }
}
