package dev.weft.net;

import static dev.weft.Weft.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Promise;
import dev.weft.Task;
import dev.weft.junit.WeftTest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * No wake-up from another thread is lost, with and without registered channels. {@code
 * -Dweft.wakeups=400000} runs the full size.
 */
@WeftTest(virtualTime = false, debug = false, timeout = 120, unit = TimeUnit.SECONDS)
class WakeUpTest {
    private static final int HAND_INS = Integer.getInteger("weft.wakeups", 40_000);

    private int arrived;

    /** Hands in from two threads at random distances; some hand-ins wait for their answer. */
    @Async
    private Coroutine<Void> nothingIsLost() {
        EventLoop loop = EventLoop.current();
        Promise<Void> all = new Promise<>();
        List<CompletableFuture<Void>> senders = new ArrayList<>();
        for (int seed = 0; seed < 2; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            senders.add(CompletableFuture.runAsync(() -> handsIn(loop, random, all)));
        }
        await(all);
        for (CompletableFuture<Void> sender : senders) {
            await(sender);
        }
        assertThat(arrived).isEqualTo(HAND_INS);
        return Coroutine.done();
    }

    private void handsIn(EventLoop loop, SplittableRandom random, Promise<Void> all) {
        for (int i = 0; i < HAND_INS / 2; i++) {
            switch (random.nextInt(8)) {
                case 0 -> LockSupport.parkNanos(random.nextInt(30_000));
                case 1 -> loop.submit(() -> answer(all)).join();
                default -> spin(random.nextInt(2_000));
            }
            loop.execute(() -> arrives(all));
        }
    }

    @Async
    private static Coroutine<Integer> answer(Promise<Void> all) {
        return Coroutine.of(all.done() ? 1 : 0);
    }

    private void arrives(Promise<Void> all) {
        if (++arrived == HAND_INS) {
            all.complete(null);
        }
    }

    private static void spin(int times) {
        for (int i = 0; i < times; i++) {
            Thread.onSpinWait();
        }
    }

    @Test
    @Async
    Coroutine<Void> byANetworkWithoutChannels() {
        Network.current();
        return nothingIsLost();
    }

    @Test
    @Async
    Coroutine<Void> byANetworkWithChannels() throws IOException {
        try (Nets.Tcp tcp = await(Nets.Tcp.open())) {
            Task<byte[]> reading = Task.create(() -> tcp.served().read(1));
            await(nothingIsLost());
            reading.cancel();
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> byANetworkWhoseChannelsComeAndGo() throws IOException {
        Task<Void> busy = Task.create(() -> comeAndGo());
        await(nothingIsLost());
        busy.cancel();
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> comeAndGo() throws IOException {
        while (true) {
            try (Nets.Tcp tcp = await(Nets.Tcp.open())) {
                await(tcp.client().write("x"));
                await(tcp.served().read(1));
                tcp.served().abort();
            }
            await(dev.weft.Weft.sleep(java.time.Duration.ofMillis(1)));
        }
    }
}
