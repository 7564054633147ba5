package dev.weft.net;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.junit.WeftTest;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Copies from stream to stream. */
@WeftTest
class TransferTest {
    private final ByteStream.Pair from = ByteStream.pair(1_000);
    private final ByteStream.Pair to = ByteStream.pair(10);

    @Test
    @Async
    Coroutine<Void> aCopyHasAllBytesAndLeavesItsTargetOpen() throws IOException {
        byte[] bytes = Nets.numbered(300_000);
        Task<Long> copying = Task.create(() -> from.right().transferTo(to.left()));
        Task<byte[]> reading = Task.create(() -> to.right().readExactly(bytes.length));
        await(from.left().write(bytes));
        await(from.left().closeOutput());
        assertThat(await(copying)).isEqualTo(bytes.length);
        assertThat(await(reading)).isEqualTo(bytes);
        await(to.left().write("open"));
        assertThat(await(to.right().readExactly(4))).hasSize(4);
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> bytesThatWereReadAheadAreCopiedFirst() throws IOException {
        await(from.left().write("head\nbody"));
        await(from.left().closeOutput());
        assertThat(await(from.right().readLine())).isEqualTo("head");
        assertThat(await(from.right().transferTo(to.left()))).isEqualTo(4);
        assertThat(Nets.text(await(to.right().read(10)))).isEqualTo("body");
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> cancelledInItsReadItLosesNothing() throws IOException {
        Task<Long> copying = Task.create(() -> from.right().transferTo(to.left()));
        await(sleep(ofSeconds(1)));
        copying.cancel();
        await(from.left().write("later"));
        assertThat(await(Nets.failure(() -> Coroutine.of(await(copying)))))
                .isInstanceOf(CancelledError.class);
        assertThat(Nets.text(await(from.right().read(10)))).isEqualTo("later");
        await(to.left().write("fine"));
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> cancelledInAPartlyDoneWriteTheRestStaysInTheSourceAndTheTargetIsBroken()
            throws IOException {
        Task<Long> copying = Task.create(() -> from.right().transferTo(to.left()));
        await(from.left().write("0123456789abcdef"));
        await(sleep(ofSeconds(1)));
        copying.cancel();
        await(Nets.failure(() -> Coroutine.of(await(copying))));
        assertThat(Nets.text(await(to.right().read(100)))).isEqualTo("0123456789");
        assertThat(Nets.text(await(from.right().read(100)))).isEqualTo("abcdef");
        assertThat(await(Nets.failure(() -> to.left().write("x"))))
                .hasMessage("the output is broken: a write was cancelled after 10 of 16 bytes");
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> cancelledInAWriteThatHasNotBegunNothingIsBroken() throws IOException {
        await(to.left().write(new byte[10]));
        Task<Long> copying = Task.create(() -> from.right().transferTo(to.left()));
        await(from.left().write("abc"));
        await(sleep(ofSeconds(1)));
        copying.cancel();
        await(Nets.failure(() -> Coroutine.of(await(copying))));
        assertThat(Nets.text(await(from.right().read(100)))).isEqualTo("abc");
        await(to.right().readExactly(10));
        await(to.left().write("fine"));
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> copiesThatAreCancelledAgainAndAgainLoseNoByte() throws IOException {
        byte[] bytes = Nets.numbered(50_000);
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            ByteStream.Pair source = ByteStream.pair(100);
            Task<Void> writing = Task.create(() -> source.left().write(bytes));
            int[] read = new int[1];
            // each copy has a target of its own; what has arrived there and what is left is whole
            while (read[0] < 20_000) {
                ByteStream.Pair target = ByteStream.pair(1 + random.nextInt(200));
                Task<Long> copying = Task.create(() -> source.right().transferTo(target.left()));
                Task<byte[]> arriving = Task.create(() -> target.right().readAll(bytes.length));
                for (int turns = random.nextInt(20); turns > 0; turns--) {
                    await(sleep(java.time.Duration.ZERO));
                }
                copying.cancel();
                await(Nets.failure(() -> Coroutine.of(await(copying))));
                target.left().close();
                byte[] arrived = await(arriving);
                assertThat(arrived)
                        .isEqualTo(
                                java.util.Arrays.copyOfRange(
                                        bytes, read[0], read[0] + arrived.length));
                read[0] += arrived.length;
            }
            writing.cancel();
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aSourceThatIsClosedMeanwhileFailsTheCopy() throws IOException {
        Task<Throwable> copying =
                Task.create(() -> Nets.failure(() -> from.right().transferTo(to.left())));
        await(from.left().write("0123456789abcdef"));
        await(sleep(ofSeconds(1)));
        from.right().close();
        assertThat(await(to.right().readExactly(16))).hasSize(16);
        assertThat(await(copying)).isInstanceOf(StreamClosedException.class);
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aTargetThatIsGoneFailsTheCopyAndTheSourceKeepsTheRest() throws IOException {
        Task<Throwable> copying =
                Task.create(() -> Nets.failure(() -> from.right().transferTo(to.left())));
        await(from.left().write("0123456789abcdef"));
        await(sleep(ofSeconds(1)));
        to.right().close();
        assertThat(await(copying)).isInstanceOf(ConnectionResetException.class);
        assertThat(Nets.text(await(from.right().read(100)))).isEqualTo("abcdef");
        return Coroutine.done();
    }
}
