package dev.weft.net;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Async;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.Promise;
import dev.weft.Task;
import dev.weft.junit.Reports;
import dev.weft.junit.WeftTest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Serving: tasks, failures, limits, settings and misuse. */
@WeftTest
class ServerTest {
    private final List<String> log = new ArrayList<>();

    @Test
    @Async
    Coroutine<Void> eachConnectionIsATaskNamedAfterItsAddress() throws IOException {
        try (Server server = Server.bind(Nets.ANY)) {
            Task<Void> serving =
                    Task.create(
                            () ->
                                    server.serve(
                                            stream -> {
                                                log.add(Task.current().name());
                                                return Nets.echo(stream);
                                            }));
            try (ByteStream one = await(ByteStream.connect(server.address()));
                    ByteStream two = await(ByteStream.connect(server.address()))) {
                await(one.write("1"));
                await(one.readExactly(1));
                await(two.write("2"));
                await(two.readExactly(1));
                assertThat(log).containsExactly(one.local().toString(), two.local().toString());
                assertThat(server.connections()).isEqualTo(2);
            }
            Nets.close(server);
            await(serving);
            assertThat(server.connections()).isZero();
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> theStreamIsClosedHoweverItsHandlerEnds(Reports reports) throws IOException {
        try (Server server = Server.bind(Nets.ANY)) {
            Task<Void> serving = Task.create(() -> server.serve(stream -> endsAsAsked(stream)));
            for (String way : List.of("return", "IOException", "failure", "cancel", "close")) {
                try (ByteStream client = await(ByteStream.connect(server.address()))) {
                    await(client.write(way + "\n"));
                    assertThat(await(client.read(1))).as(way).isNull();
                }
            }
            Nets.close(server);
            await(serving);
        }
        assertThat(reports.messages()).containsExactly("failure");
        assertThat(reports.list().get(0).task().name()).startsWith("/127.0.0.1:");
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> endsAsAsked(ByteStream stream) throws IOException {
        switch (await(stream.readLine())) {
            case "IOException" -> throw new IOException("quiet");
            case "failure" -> throw new IllegalArgumentException("failure");
            case "cancel" -> Task.current().cancel();
            case "close" -> stream.close();
            default -> {}
        }
        await(sleep(ZERO));
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aHandlerThatThrowsAtItsCallIsReportedAndTheServerGoesOn(Reports reports)
            throws IOException {
        try (Server server = Server.bind(Nets.ANY)) {
            Task<Void> serving =
                    Task.create(
                            () ->
                                    server.<Void>serve(
                                            stream -> {
                                                throw new IllegalStateException("at once");
                                            }));
            for (int i = 0; i < 2; i++) {
                try (ByteStream client = await(ByteStream.connect(server.address()))) {
                    assertThat(await(client.read(1))).isNull();
                }
            }
            Nets.close(server);
            await(serving);
        }
        assertThat(reports.messages()).containsExactly("at once", "at once");
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> maxConnectionsStopsAcceptingUntilOneEnds() throws IOException {
        try (Server server = Server.bind(Nets.ANY).maxConnections(2)) {
            Task<Void> serving = Task.create(() -> server.serve(stream -> Nets.echo(stream)));
            ByteStream one = await(ByteStream.connect(server.address()));
            ByteStream two = await(ByteStream.connect(server.address()));
            ByteStream three = await(ByteStream.connect(server.address()));
            await(three.write("3"));
            Task<byte[]> answer = Task.create(() -> three.readExactly(1));
            await(sleep(ofHours(1)));
            assertThat(answer.done()).isFalse();
            assertThat(server.connections()).isEqualTo(2);
            one.close();
            assertThat(Nets.text(await(answer))).isEqualTo("3");
            assertThat(server.connections()).isEqualTo(2);
            two.close();
            three.close();
            Nets.close(server);
            await(serving);
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aSecondServeIsRefusedAndTheFirstGoesOn() throws IOException {
        try (Server server = Server.bind(Nets.ANY)) {
            Task<Void> serving = Task.create(() -> server.serve(stream -> Nets.echo(stream)));
            await(sleep(ZERO));
            assertThat(await(Nets.failure(() -> server.serve(stream -> Nets.echo(stream)))))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("serve");
            assertThat(await(Nets.failure(server::accept)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("serve");
            await(isEchoed(server));
            Nets.close(server);
            await(serving);
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> isEchoed(Server server) throws IOException {
        try (ByteStream client = await(ByteStream.connect(server.address()))) {
            await(client.write("x"));
            assertThat(await(client.readExactly(1))).hasSize(1);
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> settingsComeBeforeServing() throws IOException {
        try (Server server = Server.bind(Nets.ANY)) {
            assertThatThrownBy(() -> server.maxConnections(0)).hasMessage("maxConnections < 1: 0");
            assertThatThrownBy(() -> server.backlog(0)).hasMessage("backlog < 1: 0");
            assertThatThrownBy(() -> server.idleTimeout(ZERO)).hasMessage("idleTimeout <= 0: PT0S");
            Task<Void> serving = Task.create(() -> server.serve(stream -> Nets.echo(stream)));
            await(sleep(ZERO));
            assertThatThrownBy(() -> server.maxConnections(1))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("maxConnections must be called before serve or accept");
            assertThatThrownBy(() -> server.idleTimeout(ofSeconds(1)))
                    .isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> server.backlog(1)).isInstanceOf(IllegalStateException.class);
            Nets.close(server);
            await(serving);
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> cancellingAHandlerIsNoFailureOfTheServer() throws IOException {
        try (Server server = Server.bind(Nets.ANY)) {
            Promise<Task<?>> handling = new Promise<>();
            Task<Void> serving =
                    Task.create(
                            () ->
                                    server.serve(
                                            stream -> {
                                                handling.complete(Task.current());
                                                return Nets.echo(stream);
                                            }));
            try (ByteStream client = await(ByteStream.connect(server.address()))) {
                await(handling).cancel();
                assertThat(await(client.read(1))).isNull();
            }
            Nets.close(server);
            await(serving);
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> cancellingServeClosesTheSocketAndWaitsForTheHandlers() throws IOException {
        Server server = Server.bind(Nets.ANY);
        Task<Void> serving =
                Task.create(
                        () ->
                                server.serve(
                                        stream -> {
                                            try {
                                                await(Nets.echo(stream));
                                            } finally {
                                                await(sleep(ofSeconds(5)));
                                                log.add("handler has ended");
                                            }
                                            return Coroutine.done();
                                        }));
        try (ByteStream client = await(ByteStream.connect(server.address()))) {
            await(client.write("x"));
            await(client.readExactly(1));
            serving.cancel();
            assertThat(await(Nets.failure(() -> Coroutine.of(await(serving)))))
                    .isInstanceOf(CancelledError.class);
            log.add("serve has ended");
            assertThat(log).containsExactly("handler has ended", "serve has ended");
            assertThat(await(client.read(1))).isNull();
        }
        assertThatThrownBy(() -> Nets.plain(server.address()).close())
                .hasMessageContaining("refused");
        assertThat(server.connections()).isZero();
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aResetEndsItsConnectionQuietly() throws IOException {
        try (Server server = Server.bind(Nets.ANY)) {
            Task<Void> serving = Task.create(() -> server.serve(stream -> Nets.echo(stream)));
            try (ByteStream client = await(ByteStream.connect(server.address()))) {
                await(client.write("x"));
                await(client.readExactly(1));
                client.abort();
            }
            while (server.connections() > 0) {
                await(sleep(ofMillis(1)));
            }
            await(isEchoed(server));
            Nets.close(server);
            await(serving);
        }
        return Coroutine.done(); // a report would fail this test
    }

    @Test
    @Async
    Coroutine<Void> nullForAHandlerIsRefused() throws IOException {
        try (Server server = Server.bind(Nets.ANY)) {
            assertThat(await(Nets.failure(() -> server.serve(null))))
                    .isInstanceOf(NullPointerException.class)
                    .hasMessage("handler");
            assertThat(await(Nets.failure(() -> server.serve(null)))).hasMessage("handler");
        }
        return Coroutine.done();
    }
}
