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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The idle timeout of a server, to the nanosecond of virtual time. */
@WeftTest
class IdleTimeoutTest {
    private final List<String> log = new ArrayList<>();

    @Async
    private Coroutine<Void> logsItsEnd(ByteStream stream) throws IOException {
        try {
            await(Nets.echo(stream));
        } catch (CancelledError idle) {
            log.add(idle.getMessage() + " at " + EventLoop.current().time());
            throw idle;
        }
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> served(Server server, Duration[] pauses) throws IOException {
        Task<Void> serving = Task.create(() -> server.serve(stream -> logsItsEnd(stream)));
        try (ByteStream client = await(ByteStream.connect(server.address()))) {
            await(client.write("x"));
            await(client.readExactly(1));
            for (Duration pause : pauses) {
                await(sleep(pause));
                await(client.write("x"));
                await(client.readExactly(1));
            }
            assertThat(await(client.read(1))).isNull();
        }
        server.close();
        await(serving);
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aSilentConnectionIsCancelledWithTheReason() throws IOException {
        try (Server server = Server.bind(Nets.ANY).idleTimeout(ofSeconds(30))) {
            await(served(server, new Duration[0]));
            assertThat(log).containsExactly("idle for 30 s at 30000000000");
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> eachByteStartsTheTimeAgain() throws IOException {
        try (Server server = Server.bind(Nets.ANY).idleTimeout(ofMillis(2_500))) {
            await(served(server, new Duration[] {ofSeconds(2), ofSeconds(2), ofMillis(2_499)}));
            assertThat(log).containsExactly("idle for 2500 ms at 8999000000");
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> bytesThatGoOutCountToo() throws IOException {
        try (Server server = Server.bind(Nets.ANY).idleTimeout(ofSeconds(5))) {
            Task<Void> serving = Task.create(() -> server.serve(stream -> ticks(stream)));
            try (ByteStream client = await(ByteStream.connect(server.address()))) {
                assertThat(await(client.readAll(100))).hasSize(10);
                assertThat(EventLoop.current().time()).isEqualTo(ofSeconds(40).toNanos());
            }
            Nets.close(server);
            await(serving);
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> ticks(ByteStream stream) throws IOException {
        for (int i = 0; i < 10; i++) {
            await(stream.write("."));
            await(sleep(ofSeconds(4)));
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aPeerThatDoesNotReadIsIdle() throws IOException {
        try (Server server = Server.bind(Nets.ANY).idleTimeout(ofSeconds(5))) {
            Task<Void> serving =
                    Task.create(() -> server.serve(stream -> stream.write(new byte[50_000_000])));
            try (ByteStream client = await(ByteStream.connect(server.address()))) {
                await(sleep(ofMillis(4_999)));
                assertThat(server.connections()).isOne();
                await(sleep(ofMillis(2)));
                assertThat(server.connections()).isZero();
                assertThat(client.remote()).isEqualTo(server.address());
            }
            Nets.close(server);
            await(serving);
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aSlowLorisKeepsItsConnectionAndTheTimeoutAroundTheRequestEndsIt()
            throws IOException {
        try (Server server = Server.bind(Nets.ANY).idleTimeout(ofSeconds(5))) {
            Task<Void> serving = Task.create(() -> server.serve(stream -> request(stream)));
            try (ByteStream client = await(ByteStream.connect(server.address()))) {
                for (int i = 0; i < 15; i++) {
                    await(client.write("x"));
                    await(sleep(ofSeconds(4)));
                }
                assertThat(await(client.read(1))).isNull();
                assertThat(log).containsExactly("late at 60000000000");
            }
            Nets.close(server);
            await(serving);
        }
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> request(ByteStream stream) throws IOException {
        try {
            await(dev.weft.Weft.timeout(ofSeconds(60), stream.readLine()));
        } catch (java.util.concurrent.TimeoutException late) {
            log.add("late at " + EventLoop.current().time());
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> theTimerEndsWithItsHandler() throws IOException {
        try (Server server = Server.bind(Nets.ANY).idleTimeout(ofSeconds(5))) {
            Task<Void> serving = Task.create(() -> server.serve(stream -> stream.write("bye")));
            try (ByteStream client = await(ByteStream.connect(server.address()))) {
                assertThat(await(client.readAll(10))).hasSize(3);
            }
            await(sleep(ZERO));
            Nets.close(server);
            await(serving);
            assertThat(EventLoop.current().time()).isZero();
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aTimeTooLongForNanosecondsNeverEnds() throws IOException {
        try (Server server = Server.bind(Nets.ANY).idleTimeout(ofDays(1_000_000))) {
            Task<Void> serving = Task.create(() -> server.serve(stream -> Nets.echo(stream)));
            try (ByteStream client = await(ByteStream.connect(server.address()))) {
                await(client.write("x"));
                await(sleep(ofDays(100_000)));
                assertThat(await(client.readExactly(1))).hasSize(1);
                assertThat(server.connections()).isOne();
            }
            Nets.close(server);
            await(serving);
        }
        return Coroutine.done();
    }
}
