package dev.weft.net;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.junit.WeftTest;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** A cancelled write has written nothing, or has broken the output. */
@WeftTest
class CancelledWritesTest {
    private final ByteStream.Pair pair = ByteStream.pair(17);
    private final ByteStream left = pair.left();
    private final ByteStream right = pair.right();

    @Async
    private static Coroutine<Void> cancelledAfterASecond(Task<?> writing) throws IOException {
        await(sleep(ofSeconds(1)));
        writing.cancel();
        assertThat(await(Nets.failure(() -> Coroutine.of(await(writing)))))
                .isInstanceOf(CancelledError.class);
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> ifNothingHasGoneOutItIsAsIfItHadNotBeenMade() throws IOException {
        await(left.write(new byte[17]));
        ByteBuffer bytes = ByteBuffer.wrap("cancelled".getBytes(UTF_8));
        await(cancelledAfterASecond(Task.create(() -> left.write(bytes))));
        assertThat(bytes.position()).isZero();
        await(right.readExactly(17));
        await(left.write("next"));
        assertThat(Nets.text(await(right.read(100)))).isEqualTo("next");
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> ifAPartHasGoneOutEveryLaterWriteSaysSo() throws IOException {
        await(cancelledAfterASecond(Task.create(() -> left.write(new byte[4_096]))));
        for (int i = 0; i < 2; i++) {
            assertThat(await(Nets.failure(() -> left.write("x"))))
                    .isInstanceOf(IOException.class)
                    .hasMessage(
                            "the output is broken: a write was cancelled after 17 of 4,096 bytes");
        }
        assertThat(await(Nets.failure(() -> left.closeOutput())))
                .hasMessageContaining("the output is broken");
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> theInputOfABrokenOutputGoesOn() throws IOException {
        await(cancelledAfterASecond(Task.create(() -> left.write(new byte[100]))));
        await(right.write("still here"));
        assertThat(Nets.text(await(left.read(100)))).isEqualTo("still here");
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> theSameHoldsForTcp() throws IOException {
        try (Nets.Tcp tcp = await(Nets.Tcp.open())) {
            ByteStream client = tcp.client();
            ByteBuffer bytes = ByteBuffer.allocate(50_000_000);
            await(cancelledAfterASecond(Task.create(() -> client.write(bytes))));
            assertThat(await(Nets.failure(() -> client.write("x"))))
                    .hasMessage(
                            String.format(
                                    java.util.Locale.ROOT,
                                    "the output is broken: a write was cancelled after %,d of"
                                            + " 50,000,000 bytes",
                                    bytes.position()));
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> ifTheBufferOfTheSystemIsFullNothingGoesOutOnTcp() throws IOException {
        try (Nets.Tcp tcp = await(Nets.Tcp.open())) {
            ByteStream client = tcp.client().option(StandardSocketOptions.SO_SNDBUF, 4_096);
            int[] sent = new int[1];
            await(cancelledAfterASecond(Task.create(() -> writesSingleBytes(client, sent))));
            Task<Void> last = Task.create(() -> client.write("last"));
            assertThat(await(tcp.served().readExactly(sent[0]))).hasSize(sent[0]);
            await(last);
            await(client.closeOutput());
            assertThat(Nets.text(await(tcp.served().readAll(100)))).isEqualTo("last");
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> writesSingleBytes(ByteStream stream, int[] sent)
            throws IOException {
        while (true) {
            await(stream.write(new byte[1]));
            sent[0]++;
        }
    }
}
