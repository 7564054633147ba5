package dev.weft.net;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Task;
import dev.weft.junit.WeftTest;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The ends of a server: close and shutdown. */
@WeftTest
class ServerEndTest {
    private final List<String> log = new ArrayList<>();

    @Test
    @Async
    Coroutine<Void> aConnectionWhoseHandlerNeverBeganIsClosedToo() throws IOException {
        Server server = Server.bind(Nets.ANY);
        Task<Void> serving = Task.create(() -> server.serve(stream -> Nets.echo(stream)));
        await(sleep(ZERO));
        try (Socket peer = Nets.plain(server.address())) {
            while (server.connections() == 0) {
                await(sleep(ZERO)); // the server accepts, and the handler's first step is queued
                if (server.connections() == 1) {
                    server.close();
                }
            }
            await(serving);
            await(sleep(ofMillis(1))); // a poll releases what was closed
            peer.setSoTimeout(2_000);
            assertThat(peer.getInputStream().read()).isEqualTo(-1);
            assertThat(server.connections()).isZero();
        }
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> takes(Duration time) {
        try {
            await(sleep(time));
            log.add("done");
        } catch (CancelledError cancelled) {
            log.add(cancelled.getMessage());
            throw cancelled;
        }
        return Coroutine.done();
    }

    /** Starts a server with one connection whose handler takes {@code time}. */
    @Async
    private Coroutine<Task<Void>> started(Server server, Duration time) throws IOException {
        Task<Void> serving = Task.create("server", () -> server.serve(stream -> takes(time)));
        ByteStream client = await(ByteStream.connect(server.address()));
        while (server.connections() == 0) {
            await(sleep(ofMillis(0)));
        }
        await(sleep(ZERO));
        client.close();
        return Coroutine.of(serving);
    }

    private static Duration now() {
        return Duration.ofNanos(EventLoop.current().time());
    }

    @Test
    @Async
    Coroutine<Void> closeCancelsTheHandlersAndServeReturnsNormally() throws IOException {
        Server server = Server.bind(Nets.ANY);
        Task<Void> serving = await(started(server, ofDays(1)));
        server.close();
        server.close();
        await(serving);
        assertThat(log).containsExactly("the server was closed");
        assertThat(now()).isEqualTo(ZERO);
        server.close();
        await(server.serve(stream -> Nets.echo(stream))); // returns at once
        assertThat(await(Nets.failure(server::accept)))
                .isInstanceOf(StreamClosedException.class)
                .hasMessage("the server is closed");
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> shutdownWaitsForTheHandlers() throws IOException {
        Server server = Server.bind(Nets.ANY);
        Task<Void> serving = await(started(server, ofSeconds(5)));
        await(server.shutdown(ofSeconds(10)));
        assertThat(now()).isEqualTo(ofSeconds(5));
        assertThat(log).containsExactly("done");
        assertThat(server.connections()).isZero();
        await(serving);
        await(server.serve(stream -> Nets.echo(stream)));
        await(server.shutdown(ofSeconds(10)));
        assertThat(now()).isEqualTo(ofSeconds(5));
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> afterTheGraceShutdownCancelsTheHandlers() throws IOException {
        Server server = Server.bind(Nets.ANY);
        Task<Void> serving = await(started(server, ofDays(1)));
        await(server.shutdown(ofSeconds(10)));
        assertThat(now()).isEqualTo(ofSeconds(10));
        assertThat(log).containsExactly("the server was shut down");
        await(serving);
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> shutdownWithoutGraceCancelsAtOnce() throws IOException {
        Server server = Server.bind(Nets.ANY);
        Task<Void> serving = await(started(server, ofDays(1)));
        await(server.shutdown(ZERO));
        assertThat(now()).isEqualTo(ZERO);
        assertThat(log).containsExactly("the server was shut down");
        await(serving);
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> duringAShutdownNobodyCanConnectAndCloseEndsTheGrace() throws IOException {
        Server server = Server.bind(Nets.ANY);
        Task<Void> serving = await(started(server, ofDays(1)));
        Task<Void> ending = Task.create(() -> server.shutdown(ofSeconds(10)));
        await(sleep(ofSeconds(1)));
        assertThat(await(Nets.failure(() -> ByteStream.connect(server.address()))))
                .hasMessageContaining("refused");
        assertThat(serving.done()).isFalse();
        server.close();
        await(ending);
        await(serving);
        assertThat(now()).isEqualTo(ofSeconds(1));
        assertThat(log).containsExactly("the server was closed");
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> twoShutdownsMayWaitAndTheShorterGraceWins() throws IOException {
        Server server = Server.bind(Nets.ANY);
        Task<Void> serving = await(started(server, ofDays(1)));
        Task<Void> patient = Task.create(() -> server.shutdown(ofSeconds(100)));
        await(sleep(ZERO));
        await(server.shutdown(ofSeconds(1)));
        await(patient);
        await(serving);
        assertThat(now()).isEqualTo(ofSeconds(1));
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aCancelledShutdownLeavesTheHandlersAlone() throws IOException {
        Server server = Server.bind(Nets.ANY);
        Task<Void> serving = await(started(server, ofSeconds(30)));
        Task<Void> ending = Task.create(() -> server.shutdown(ofSeconds(10)));
        await(sleep(ofSeconds(1)));
        ending.cancel();
        await(serving);
        assertThat(now()).isEqualTo(ofSeconds(30));
        assertThat(log).containsExactly("done");
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aServerWithIdleClientsEnds() throws IOException {
        Server server = Server.bind(Nets.ANY);
        Task<Void> serving = Task.create(() -> server.serve(stream -> Nets.echo(stream)));
        List<ByteStream> clients = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            clients.add(await(ByteStream.connect(server.address())));
        }
        server.close();
        await(serving);
        await(sleep(ofMillis(1)));
        for (ByteStream client : clients) {
            Object end;
            try {
                end = await(client.read(1));
            } catch (ConnectionResetException notAcceptedYet) {
                end = null;
            }
            assertThat(end).isNull();
            client.close();
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> closeEndsAFullServer() throws IOException {
        Server server = Server.bind(Nets.ANY).maxConnections(1);
        Task<Void> serving = await(started(server, ofDays(1)));
        server.close();
        await(serving);
        assertThat(log).containsExactly("the server was closed");
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> shutdownEndsAFullServer() throws IOException {
        Server server = Server.bind(Nets.ANY).maxConnections(1);
        Task<Void> serving = await(started(server, ofSeconds(5)));
        await(server.shutdown(ofSeconds(10)));
        await(serving);
        assertThat(log).containsExactly("done");
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> closeEndsAWaitingAccept() throws IOException {
        Server server = Server.bind(Nets.ANY);
        Task<Throwable> accepting = Task.create(() -> Nets.failure(server::accept));
        await(sleep(ofSeconds(1)));
        server.close();
        assertThat(await(accepting))
                .isInstanceOf(StreamClosedException.class)
                .hasMessage("the server is closed");
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aHandlerMayCloseItsServer() throws IOException {
        Server server = Server.bind(Nets.ANY);
        Task<Void> serving =
                Task.create(
                        () ->
                                server.serve(
                                        stream -> {
                                            server.close();
                                            return takes(ofDays(1));
                                        }));
        try (ByteStream client = await(ByteStream.connect(server.address()))) {
            assertThat(await(client.read(1))).isNull();
        }
        await(serving);
        assertThat(now()).isEqualTo(ZERO);
        return Coroutine.done();
    }
}
