package dev.weft.net;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.waitUntil;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.ReturnWhen;
import dev.weft.Task;
import dev.weft.Weft;
import dev.weft.junit.WeftTest;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A loop with sockets sleeps unless a task has something to do, and then takes its turn. */
@WeftTest(virtualTime = false, debug = false)
class SelectorTest {
    /** Far fewer than the polls of a loop that spins for 100 ms. */
    private static final int FEW = 20;

    private final CountingNetwork[] network = new CountingNetwork[1];

    @Async
    private Coroutine<Integer> pollsWhileAsleep() {
        network[0].polls();
        await(sleep(ofMillis(100)));
        return Coroutine.of(network[0].polls());
    }

    @Test
    @Async
    Coroutine<Void> bytesThatNobodyReadsWakeTheLoopOnceAtMost() throws IOException {
        network[0] = CountingNetwork.install();
        try (Server server = Server.bind(Nets.ANY);
                Socket peer = Nets.plain(server.address());
                ByteStream stream = await(server.accept())) {
            peer.getOutputStream().write(new byte[1_000]);
            await(stream.readExactly(10)); // has been watched from now on
            await(stream.readExactly(980));
            assertThat(await(pollsWhileAsleep())).isLessThan(FEW);
            peer.getOutputStream().write(new byte[1_000]);
            assertThat(await(pollsWhileAsleep())).isLessThan(FEW);
            assertThat(await(stream.readExactly(1_010))).hasSize(1_010);
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aConnectionThatNobodyAcceptsDoesNotKeepTheLoopAwake() throws IOException {
        network[0] = CountingNetwork.install();
        try (Server server = Server.bind(Nets.ANY);
                Socket first = Nets.plain(server.address())) {
            await(server.accept()).close();
            try (Socket second = Nets.plain(server.address())) {
                assertThat(await(pollsWhileAsleep())).isLessThan(FEW);
                await(server.accept()).close();
                assertThat(second.isConnected()).isTrue();
            }
            assertThat(first.isConnected()).isTrue();
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aResetThatNobodyReadsDoesNotKeepTheLoopAwake() throws IOException {
        network[0] = CountingNetwork.install();
        try (Server server = Server.bind(Nets.ANY);
                Socket peer = Nets.plain(server.address());
                ByteStream stream = await(server.accept())) {
            peer.getOutputStream().write(1);
            await(stream.read(1));
            Task<?> reading = Task.create(() -> stream.read(1));
            await(sleep(ZERO));
            reading.cancel();
            peer.setSoLinger(true, 0);
            Nets.close(peer);
            assertThat(await(pollsWhileAsleep())).isLessThan(FEW);
            assertThat(await(Nets.failure(() -> stream.read(1))))
                    .isInstanceOf(ConnectionResetException.class);
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aCopyThatWaitsForItsTargetIsNotWokenByItsSource() throws IOException {
        network[0] = CountingNetwork.install();
        ByteStream.Pair target = ByteStream.pair(10);
        try (Server server = Server.bind(Nets.ANY);
                Socket peer = Nets.plain(server.address());
                ByteStream source = await(server.accept())) {
            Task<Long> copying = Task.create(() -> source.transferTo(target.left()));
            await(sleep(ofMillis(1)));
            peer.getOutputStream().write(new byte[100]);
            await(target.right().read(1)); // the copy waits for the target from now on
            peer.getOutputStream().write(new byte[100]);
            assertThat(await(pollsWhileAsleep())).isLessThan(FEW);
            assertThat(await(target.right().readExactly(199))).hasSize(199);
            Nets.close(peer);
            assertThat(await(copying)).isEqualTo(200);
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aWriteThatWaitsForItsReaderDoesNotKeepTheLoopAwake() throws IOException {
        network[0] = CountingNetwork.install();
        try (Nets.Tcp tcp = await(Nets.Tcp.open())) {
            Task<?> writing = Task.create(() -> tcp.client().write(new byte[20_000_000]));
            await(sleep(ofMillis(50)));
            assertThat(await(pollsWhileAsleep())).isLessThan(FEW);
            assertThat(writing.done()).isFalse();
            assertThat(await(tcp.served().readExactly(20_000_000))).hasSize(20_000_000);
            await(writing);
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aLoopWithoutChannelsParksToTheMicrosecond() throws IOException {
        Network.current();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 50; i++) {
            long began = System.nanoTime();
            await(sleep(java.time.Duration.ofNanos(200_000)));
            least = Math.min(least, System.nanoTime() - began);
        }
        // the selector would wait for a whole millisecond
        assertThat(least).isBetween(200_000L, 900_000L);
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aTimerIsNeverEarlyAndUsesFewPolls() throws IOException {
        network[0] = CountingNetwork.install();
        try (Server server = Server.bind(Nets.ANY)) {
            for (int micros = 100; micros < 3_000; micros += 300) {
                network[0].polls();
                long began = System.nanoTime();
                await(sleep(java.time.Duration.ofNanos(micros * 1_000L)));
                assertThat(System.nanoTime() - began).isGreaterThanOrEqualTo(micros * 1_000L);
                assertThat(network[0].polls()).isLessThanOrEqualTo(3);
            }
            assertThat(server.connections()).isZero();
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aBusyLoopReleasesClosedDescriptors() throws IOException {
        try (Server server = Server.bind(Nets.ANY);
                Socket peer = Nets.plain(server.address())) {
            ByteStream stream = await(server.accept());
            long before = Nets.descriptors();
            stream.close();
            long end = System.nanoTime() + 5_000_000_000L;
            while (Nets.descriptors() >= before && System.nanoTime() < end) {
                await(sleep(ZERO)); // a turn is always ready, so the loop never waits
            }
            assertThat(Nets.descriptors()).isLessThan(before);
            assertThat(peer.isConnected()).isTrue();
        }
        return Coroutine.done();
    }

    @Test
    void aWakeUpThatComesAfterTheEndOfTheLoopHasNoEffect() throws IOException {
        Network closed =
                Weft.run(
                        () -> {
                            Server.bind(Nets.ANY);
                            return Coroutine.of(Network.current());
                        });
        long before = Nets.descriptors();
        closed.wakeup();
        assertThat(Nets.descriptors()).isEqualTo(before);
    }

    @Test
    @Async
    Coroutine<Void> afterAnyOperationNothingIsAwaited() throws IOException {
        network[0] = CountingNetwork.install();
        Server server = Server.bind(Nets.ANY);
        for (int i = 0; i < 200; i++) {
            int turns = i % 10;
            Task<ByteStream> accepting = Task.create(server::accept);
            Task<ByteStream> connecting = Task.create(() -> ByteStream.connect(server.address()));
            ByteStream client = await(connecting);
            ByteStream served = await(accepting);
            Task<?> reading = Task.create(() -> served.readLine());
            Task<?> writing = Task.create(() -> client.write(new byte[100_000]));
            await(sleep(java.time.Duration.ofNanos(turns * 20_000L)));
            if (turns % 2 == 0) {
                reading.cancel();
                writing.cancel();
            }
            client.close();
            served.close();
            await(waitUntil(ReturnWhen.ALL_COMPLETED, List.of(reading, writing)));
            for (Task<?> ended : List.of(reading, writing)) {
                if (!ended.cancelled()) {
                    ended.exception(); // the stream was closed
                }
            }
        }
        server.close();
        await(sleep(ofMillis(1)));
        assertThat(network[0].isAwaited()).isFalse();
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> anInterruptCancelsTheWaitAndTheStreamLivesOn() throws IOException {
        Thread loop = Thread.currentThread();
        try (Nets.Tcp tcp = await(Nets.Tcp.open())) {
            CompletableFuture.delayedExecutor(10, TimeUnit.MILLISECONDS).execute(loop::interrupt);
            assertThat(await(Nets.failure(() -> tcp.served().read(1))))
                    .isInstanceOf(CancelledError.class);
            loop.interrupt(); // a call of the JDK would close its channel if it could wait
            await(tcp.client().write("x"));
            assertThat(Thread.interrupted()).isTrue();
            assertThat(await(tcp.served().read(1))).hasSize(1);
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aStreamThatWaitsKeepsNoBuffer() throws IOException {
        try (Nets.Tcp tcp = await(Nets.Tcp.open())) {
            ByteStream served = tcp.served();
            Task<String> reading = Task.create(() -> served.readLine());
            await(sleep(ZERO));
            assertThat(served.ahead).isNull();
            await(tcp.client().write("line\nrest"));
            await(reading);
            assertThat(served.ahead).isNotNull();
            await(served.readExactly(4));
            assertThat(served.ahead).isNull();
        }
        return Coroutine.done();
    }
}
