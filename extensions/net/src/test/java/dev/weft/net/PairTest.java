package dev.weft.net;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.timeoutOr;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.junit.TestClock;
import dev.weft.junit.WeftTest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rules of a stream, on two ends in memory. */
@WeftTest
class PairTest {
    private final ByteStream.Pair pair = ByteStream.pair(1_000);
    private final ByteStream left = pair.left();
    private final ByteStream right = pair.right();

    @Test
    @Async
    Coroutine<Void> whatOneEndWritesTheOtherReads() throws IOException {
        await(left.write("hello"));
        assertThat(await(right.read(100))).isEqualTo("hello".getBytes(UTF_8));
        await(right.write("world"));
        assertThat(await(left.read(2))).isEqualTo("wo".getBytes(UTF_8));
        assertThat(await(left.read(100))).isEqualTo("rld".getBytes(UTF_8));
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aReadWaitsForTheFirstByte(TestClock clock) throws IOException {
        Task<byte[]> reading = Task.create(() -> right.read(100));
        await(sleep(Duration.ofHours(1)));
        assertThat(reading.done()).isFalse();
        await(left.write("x"));
        assertThat(await(reading)).isEqualTo("x".getBytes(UTF_8));
        assertThat(clock.elapsed()).isEqualTo(Duration.ofHours(1));
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aWriteWaitsForItsReader() throws IOException {
        Task<Void> writing = Task.create(() -> left.write(new byte[5_000]));
        await(sleep(Duration.ofSeconds(1)));
        assertThat(writing.done()).isFalse();
        assertThat(await(right.readExactly(5_000))).hasSize(5_000);
        await(writing);
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> linesEndWithLfOrCrlfOrTheEnd() throws IOException {
        await(left.write("one\r\ntwo\n\nthree"));
        await(left.closeOutput());
        List<String> lines = await(right.lines().toList());
        assertThat(lines).containsExactly("one", "two", "", "three");
        assertThat(await(right.readLine())).isNull();
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aCancelledReadLosesNoByte() throws IOException {
        await(left.write("half a li"));
        assertThat(await(timeoutOr(Duration.ofSeconds(1), right.readLine(), "late")))
                .isEqualTo("late");
        await(left.write("ne\n"));
        assertThat(await(right.readLine())).isEqualTo("half a line");
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aWriteThatIsCancelledInTheMiddleBreaksTheOutput() throws IOException {
        await(timeoutOr(Duration.ofSeconds(1), left.write(new byte[4_096]), null));
        try {
            await(left.write("more"));
            throw new AssertionError("no exception");
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("a write was cancelled after 1,000 of 4,096 bytes");
        }
        return Coroutine.done();
    }
}
