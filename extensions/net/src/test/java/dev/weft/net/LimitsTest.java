package dev.weft.net;

import static dev.weft.Weft.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.junit.WeftTest;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The limits of the reads that look for an end, to the byte. */
@WeftTest
class LimitsTest {
    private static final int LINE = 65_536;
    private static final byte[] LF = {'\n'};

    private final ByteStream.Pair pair = ByteStream.pair(1_000_000);
    private final ByteStream left = pair.left();
    private final ByteStream right = pair.right();

    private static String x(int count) {
        return "x".repeat(count);
    }

    @Test
    @Async
    Coroutine<Void> aLineHas64KibWithoutItsEnd() throws IOException {
        await(left.write(x(LINE) + "\n" + x(LINE) + "\r\n" + x(LINE)));
        await(left.closeOutput());
        for (int i = 0; i < 3; i++) {
            assertThat(await(right.readLine())).isEqualTo(x(LINE));
        }
        assertThat(await(right.readLine())).isNull();
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aLongerLineIsRefusedAndNothingIsConsumed() throws IOException {
        for (String text : new String[] {x(LINE + 1), x(LINE) + "\r\r\n", x(LINE + 1) + "\n"}) {
            ByteStream.Pair fresh = ByteStream.pair(1_000_000);
            await(fresh.left().write(text));
            for (int i = 0; i < 2; i++) {
                Throwable refused = await(Nets.failure(() -> fresh.right().readLine()));
                assertThat(refused)
                        .isInstanceOf(LimitExceededException.class)
                        .hasMessage(
                                "a line has more than 65,536 bytes: use readUntil with a higher limit");
                assertThat(((LimitExceededException) refused).partial()).hasSize(LINE);
            }
            assertThat(Nets.text(await(fresh.right().readExactly(text.length())))).isEqualTo(text);
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> theLastLineHasTheSameLimit() throws IOException {
        await(left.write(x(LINE) + "\r"));
        await(left.closeOutput());
        assertThat(await(Nets.failure(() -> right.readLine())))
                .isInstanceOf(LimitExceededException.class);
        assertThat(await(right.readAll(LINE + 1))).hasSize(LINE + 1);
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> malformedInputBecomesTheReplacementCharacter() throws IOException {
        await(left.write(new byte[] {'a', (byte) 0xff, 'b', '\n', (byte) 0xc3, '\n', (byte) 0xe2}));
        await(left.closeOutput());
        assertThat(await(right.readLine())).isEqualTo("a\ufffdb");
        assertThat(await(right.readLine())).isEqualTo("\ufffd");
        assertThat(await(right.readLine())).isEqualTo("\ufffd");
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> readUntilCountsTheSeparator() throws IOException {
        await(left.write("abc\ndef\n"));
        assertThat(await(Nets.failure(() -> right.readUntil(LF, 3))))
                .isInstanceOf(LimitExceededException.class)
                .hasMessage("no separator within 3 bytes: pass a higher limit to readUntil")
                .satisfies(e -> assertThat(partial(e)).isEqualTo("abc"));
        assertThat(Nets.text(await(right.readUntil(LF, 4)))).isEqualTo("abc\n");
        assertThat(Nets.text(await(right.readUntil(LF, 100)))).isEqualTo("def\n");
        return Coroutine.done();
    }

    private static String partial(Throwable failure) {
        return Nets.text(
                failure instanceof LimitExceededException limit
                        ? limit.partial()
                        : ((EndOfStreamException) failure).partial());
    }

    @Test
    @Async
    Coroutine<Void> aHigherLimitGoesOnWhereTheLowerStood() throws IOException {
        await(left.write(x(10_000)));
        for (int limit = 1_000; limit <= 10_000; limit += 1_000) {
            int now = limit;
            assertThat(await(Nets.failure(() -> right.readUntil(LF, now))))
                    .isInstanceOf(LimitExceededException.class)
                    .satisfies(e -> assertThat(partial(e)).hasSize(now));
        }
        await(left.write("\n"));
        assertThat(await(right.readUntil(LF, 10_001))).hasSize(10_001);
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aSeparatorMayBeginLikeItsOwnMiddle() throws IOException {
        byte[] separator = "aab".getBytes(UTF_8);
        await(left.write("xaaaabaab"));
        assertThat(Nets.text(await(right.readUntil(separator, 6)))).isEqualTo("xaaaab");
        assertThat(Nets.text(await(right.readUntil(separator, 3)))).isEqualTo("aab");
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> theSeparatorIsCopied() throws IOException {
        byte[] separator = {';'};
        await(left.write("a;b:"));
        Coroutine<byte[]> reading = right.readUntil(separator, 10);
        separator[0] = ':';
        assertThat(Nets.text(await(reading))).isEqualTo("a;");
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> readUntilAtTheEndHasWhatCame() throws IOException {
        await(left.write("abc"));
        await(left.closeOutput());
        assertThat(await(Nets.failure(() -> right.readUntil(LF, 10))))
                .isInstanceOf(EndOfStreamException.class)
                .hasMessage("the stream ended after 3 bytes without separator")
                .satisfies(e -> assertThat(partial(e)).isEqualTo("abc"));
        assertThat(await(right.read(1))).isNull();
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> readExactlyAtTheEndSaysHowMuchOfHowMuch() throws IOException {
        await(left.write("123456789012"));
        await(left.closeOutput());
        assertThat(await(Nets.failure(() -> right.readExactly(4_096))))
                .isInstanceOf(EndOfStreamException.class)
                .hasMessage("the stream ended after 12 of 4,096 bytes")
                .satisfies(e -> assertThat(partial(e)).isEqualTo("123456789012"));
        assertThat(await(right.readExactly(0))).isEmpty();
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> readAllTakesItsLimitAndNotMore() throws IOException {
        await(left.write(x(100)));
        await(left.closeOutput());
        assertThat(await(Nets.failure(() -> right.readAll(99))))
                .isInstanceOf(LimitExceededException.class)
                .hasMessage("the stream has more than 99 bytes: pass a higher limit to readAll")
                .satisfies(e -> assertThat(partial(e)).isEqualTo(x(99)));
        assertThat(await(right.readAll(100))).hasSize(100);
        assertThat(await(right.readAll(0))).isEmpty();
        return Coroutine.done();
    }

    @Test
    void argumentsThatMakeNoSenseAreRefusedAtTheCall() {
        assertRefused("max < 1: 0", () -> right.read(0));
        assertRefused("count < 0: -1", () -> right.readExactly(-1));
        assertRefused("limit < 0: -1", () -> right.readAll(-1));
        assertRefused("the separator is empty", () -> right.readUntil(new byte[0], 1));
        assertRefused(
                "the limit of 1 bytes is below the length of the separator",
                () -> right.readUntil(new byte[2], 1));
        assertRefused("capacity < 1: 0", () -> ByteStream.pair(0));
    }

    private static void assertRefused(
            String message, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }
}
