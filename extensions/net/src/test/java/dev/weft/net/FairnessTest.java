package dev.weft.net;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Task;
import dev.weft.junit.WeftTest;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** A task that is never made to wait gives up its turn after 64 operations. */
@WeftTest
class FairnessTest {
    @Test
    @Async
    Coroutine<Void> afterSixtyFourOperationsOthersHaveTheirTurn() throws IOException {
        ByteStream.Pair pair = ByteStream.pair(10_000);
        await(sleep(ZERO));
        int[] written = new int[1];
        int[] others = new int[1];
        Task<Void> sender = Task.create(() -> sends(pair.left(), 1_000, written));
        int most = 0;
        while (!sender.done()) {
            int before = written[0];
            await(sleep(ZERO));
            others[0]++;
            most = Math.max(most, written[0] - before);
        }
        await(sender);
        assertThat(most).isBetween(1, 65);
        assertThat(others[0]).isGreaterThanOrEqualTo(1_000 / 65);
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> sends(ByteStream stream, int times, int[] written)
            throws IOException {
        for (int i = 0; i < times; i++) {
            await(stream.write("x"));
            written[0]++;
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> theOperationsOfAllStreamsCountTogether() throws IOException {
        ByteStream.Pair[] pairs = new ByteStream.Pair[100];
        for (int i = 0; i < pairs.length; i++) {
            pairs[i] = ByteStream.pair(10);
        }
        int[] others = new int[1];
        Task<Void> other = Task.create(() -> counts(others));
        for (ByteStream.Pair pair : pairs) {
            await(pair.left().write("x"));
        }
        assertThat(others[0]).isPositive();
        other.cancel();
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> counts(int[] turns) {
        while (true) {
            turns[0]++;
            await(sleep(ZERO));
        }
    }

    @Test
    @WeftTest(virtualTime = false, debug = false)
    @Async
    Coroutine<Void> timersAreServedBesideASenderThatDoesNotLetGo() throws IOException {
        try (Nets.Tcp tcp = await(Nets.Tcp.open())) {
            Task<Void> sender = Task.create(() -> sendsForEver(tcp.client()));
            Task<Void> receiver = Task.create(() -> receivesForEver(tcp.served()));
            long worst = 0;
            for (int i = 0; i < 50; i++) {
                long began = System.nanoTime();
                await(sleep(ofMillis(1)));
                worst = Math.max(worst, System.nanoTime() - began);
            }
            // 64 operations take less than a millisecond; the rest is the machine's load
            assertThat(worst).isLessThan(ofMillis(500).toNanos());
            sender.cancel();
            receiver.cancel();
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> sendsForEver(ByteStream stream) throws IOException {
        byte[] bytes = new byte[10];
        while (true) {
            await(stream.write(bytes));
        }
    }

    @Async
    private static Coroutine<Void> receivesForEver(ByteStream stream) throws IOException {
        while (true) {
            await(stream.read(100_000));
        }
    }

    @Test
    @Async
    Coroutine<Void> cancellingATaskThatGaveUpItsTurnLosesNothing() throws IOException {
        ByteStream.Pair pair = ByteStream.pair(100_000);
        for (int i = 0; i < 200; i++) {
            int[] written = new int[1];
            Task<Void> sender = Task.create(() -> sends(pair.left(), 1_000, written));
            await(sleep(ZERO));
            sender.cancel();
            await(Nets.failure(() -> Coroutine.of(await(sender))));
            assertThat(await(pair.right().readExactly(written[0]))).hasSize(written[0]);
        }
        assertThat(EventLoop.current().time()).isZero();
        return Coroutine.done();
    }
}
