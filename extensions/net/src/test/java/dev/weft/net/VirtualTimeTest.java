package dev.weft.net;

import static dev.weft.Weft.await;
import static dev.weft.Weft.blocking;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.timeoutOr;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Runner;
import dev.weft.Task;
import dev.weft.Weft;
import dev.weft.junit.Shuffled;
import dev.weft.junit.WeftTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Virtual time over streams: exact over pairs, with a grace of 10 ms over sockets. */
@WeftTest
class VirtualTimeTest {
    private static Duration now() {
        return Duration.ofNanos(EventLoop.current().time());
    }

    @Shuffled(20)
    @Async
    Coroutine<Void> overPairsAllInstantsAreExact() throws IOException {
        ByteStream.Pair pair = ByteStream.pair(4);
        Task<Void> writing = Task.create(() -> writesEachSecond(pair.left()));
        List<Duration> instants = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            await(pair.right().readExactly(3));
            instants.add(now());
        }
        assertThat(await(timeoutOr(ofHours(1), pair.right().readLine(), "nothing")))
                .isEqualTo("nothing");
        instants.add(now());
        await(writing);
        assertThat(instants)
                .containsExactly(
                        ofSeconds(3),
                        ofSeconds(6),
                        ofSeconds(9),
                        ofSeconds(12),
                        ofSeconds(15),
                        ofSeconds(3_615));
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> writesEachSecond(ByteStream stream) throws IOException {
        for (int i = 0; i < 15; i++) {
            await(sleep(ofSeconds(1)));
            await(stream.write("x"));
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> pairsNeedNoGrace() throws IOException {
        ByteStream.Pair pair = ByteStream.pair(4);
        CountingNetwork network = CountingNetwork.install();
        Task<byte[]> reading = Task.create(() -> pair.right().read(1));
        network.polls();
        for (int i = 0; i < 100; i++) {
            await(sleep(ofDays(1)));
        }
        assertThat(network.polls()).isZero();
        await(pair.left().write("x"));
        assertThat(await(reading)).hasSize(1);
        return Coroutine.done();
    }

    @Test
    void aReadOfAPairThatNobodyWritesIsADeadlock() {
        try (Runner runner = Weft.runner().virtualTime()) {
            assertThat(catchThrowable(() -> runner.run(() -> ByteStream.pair(1).left().read(1))))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void aLoopThatHasOnlyClosedItsSocketsIsADeadlockToo() {
        try (Runner runner = Weft.runner().virtualTime()) {
            assertThat(catchThrowable(() -> runner.run(() -> readsNothingAfterASocket())))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Async
    private static Coroutine<Void> readsNothingAfterASocket() throws IOException {
        Nets.Tcp tcp = await(Nets.Tcp.open());
        tcp.close();
        await(ByteStream.pair(1).left().read(1));
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> socketsHaveTenMillisecondsOfRealTimeBeforeTheClockJumps() throws IOException {
        try (Nets.Tcp tcp = await(Nets.Tcp.open())) {
            Task<byte[]> reading = Task.create(() -> tcp.served().read(1));
            await(sleep(ZERO));
            long began = System.nanoTime();
            await(sleep(ofHours(1)));
            assertThat(System.nanoTime() - began).isGreaterThanOrEqualTo(10_000_000);
            assertThat(now()).isEqualTo(ofHours(1));
            await(tcp.client().write("x"));
            assertThat(await(reading)).hasSize(1);
            assertThat(now()).isEqualTo(ofHours(1));
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> socketsThatNobodyAwaitsGetNoGrace() throws IOException {
        try (Nets.Tcp tcp = await(Nets.Tcp.open())) {
            await(sleep(ZERO));
            long began = System.nanoTime();
            for (int i = 0; i < 1_000; i++) {
                await(sleep(ofHours(1))); // with the grace: more than 10 s
            }
            assertThat(System.nanoTime() - began).isLessThan(9_000_000_000L);
            assertThat(tcp.client().remote()).isNotNull();
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> timeStandsStillWhileWorkOutsideIsAwaited() throws IOException {
        try (Nets.Tcp tcp = await(Nets.Tcp.open())) {
            Task<byte[]> reading = Task.create(() -> tcp.served().read(1));
            CompletableFuture<Void> go = new CompletableFuture<>();
            Task<Void> sleeper = Task.create(() -> sleep(ofMillis(1)));
            Task<Void> outside =
                    Task.create(
                            () -> {
                                await(blocking(() -> realPause(go)));
                                return Coroutine.done();
                            });
            await(outside);
            assertThat(now()).isEqualTo(ZERO);
            assertThat(sleeper.done()).isFalse();
            await(sleeper);
            await(tcp.client().write("x"));
            await(reading);
        }
        return Coroutine.done();
    }

    /** Takes longer than the grace. */
    private static void realPause(CompletableFuture<Void> go) {
        go.completeOnTimeout(null, 30, TimeUnit.MILLISECONDS).join();
    }

    @Test
    @Async
    Coroutine<Void> withoutATimerTheLoopWaitsForItsSockets() throws IOException {
        try (Server server = Server.bind(Nets.ANY);
                Socket peer = Nets.plain(server.address());
                ByteStream stream = await(server.accept())) {
            CompletableFuture.delayedExecutor(30, TimeUnit.MILLISECONDS)
                    .execute(() -> sends(peer)); // later than the grace
            assertThat(await(stream.read(1))).containsExactly('x');
            assertThat(now()).isEqualTo(ZERO);
        }
        return Coroutine.done();
    }

    private static void sends(Socket peer) {
        try {
            peer.getOutputStream().write('x');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
