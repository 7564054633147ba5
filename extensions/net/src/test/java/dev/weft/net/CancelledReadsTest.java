package dev.weft.net;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.junit.Shuffled;
import dev.weft.junit.WeftTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A read that is cancelled, at any moment and of any kind, loses no byte. */
@WeftTest(timeout = 60, unit = TimeUnit.SECONDS)
class CancelledReadsTest {
    private static final byte[] SEPARATOR = {'\n', 'x'};

    /** Reads with one kind of read after another until all of {@code expected} has come. */
    private static final class Reading {
        private final ByteStream stream;
        private final Random random;
        private final Duration longest;
        private final ByteArrayOutputStream read = new ByteArrayOutputStream();
        private int cancelled;

        Reading(ByteStream stream, Random random, Duration longest) {
            this.stream = stream;
            this.random = random;
            this.longest = longest;
        }

        @Async
        Coroutine<Void> untilCancelled(int times, int bytes) throws IOException {
            while (cancelled < times && read.size() < bytes) {
                Task<byte[]> reading = Task.create(() -> any());
                await(sleep(Duration.ofNanos(random.nextLong(longest.toNanos() + 1))));
                reading.cancel();
                try {
                    read.writeBytes(await(reading));
                } catch (CancelledError expected) {
                    cancelled++;
                }
            }
            return Coroutine.done();
        }

        private Coroutine<byte[]> any() throws IOException {
            return switch (random.nextInt(6)) {
                case 0 -> stream.read(1 + random.nextInt(300));
                case 1 -> buffer();
                case 2 -> stream.readExactly(1 + random.nextInt(300));
                case 3 -> line();
                case 4 -> until();
                default -> all();
            };
        }

        @Async
        private Coroutine<byte[]> buffer() throws IOException {
            ByteBuffer buffer = ByteBuffer.allocate(1 + random.nextInt(300));
            try {
                await(stream.read(buffer));
            } finally {
                read.write(buffer.array(), 0, buffer.position());
            }
            return Coroutine.of(new byte[0]);
        }

        @Async
        private Coroutine<byte[]> all() throws IOException {
            try {
                await(stream.readAll(random.nextInt(300)));
            } catch (LimitExceededException tooMuch) {
                assertThat(tooMuch).isNotNull(); // nothing was consumed
            }
            return Coroutine.of(new byte[0]);
        }

        @Async
        private Coroutine<byte[]> line() throws IOException {
            try {
                String line = await(stream.readLine());
                return Coroutine.of(
                        (line + "\n").getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
            } catch (LimitExceededException tooMuch) {
                return Coroutine.of(new byte[0]);
            }
        }

        @Async
        private Coroutine<byte[]> until() throws IOException {
            try {
                return Coroutine.of(await(stream.readUntil(SEPARATOR, 2 + random.nextInt(300))));
            } catch (LimitExceededException tooMuch) {
                return Coroutine.of(new byte[0]);
            }
        }
    }

    /** Bytes of ASCII with lines of random length. */
    private static byte[] text(int count, Random random) {
        byte[] text = new byte[count];
        for (int i = 0; i < count; i++) {
            text[i] = (byte) (random.nextInt(40) == 0 ? '\n' : 'a' + (i * 7 + i / 26) % 26);
        }
        return text;
    }

    @Async
    private static Coroutine<Void> writes(
            ByteStream stream, byte[] bytes, Random random, Duration longest) throws IOException {
        for (int from = 0; from < bytes.length; ) {
            int count = Math.min(1 + random.nextInt(30), bytes.length - from);
            await(stream.write(ByteBuffer.wrap(bytes, from, count)));
            from += count;
            await(sleep(Duration.ofNanos(random.nextLong(longest.toNanos() + 1))));
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Integer> losesNothing(
            ByteStream from, ByteStream to, int times, long seed, Duration longest)
            throws IOException {
        Random random = new Random(seed);
        byte[] bytes = text(400 * times, random);
        Reading reading = new Reading(to, random, longest);
        Task<Void> writing = Task.create(() -> writes(from, bytes, new Random(seed + 1), longest));
        await(reading.untilCancelled(times, bytes.length));
        writing.cancel();
        await(Task.create(() -> ended(writing)));
        byte[] read = reading.read.toByteArray();
        int size = Math.min(read.length, bytes.length);
        assertThat(read).isEqualTo(java.util.Arrays.copyOf(bytes, size));
        return Coroutine.of(reading.cancelled);
    }

    @Async
    private static Coroutine<Void> ended(Task<?> task) throws IOException {
        try {
            await(task);
        } catch (CancelledError expected) {
            return Coroutine.done();
        }
        return Coroutine.done();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    @Async
    Coroutine<Void> twoThousandOfAPair(long seed) throws IOException {
        ByteStream.Pair pair = ByteStream.pair(100 + (int) seed * 50);
        int cancelled =
                await(losesNothing(pair.left(), pair.right(), 2_000, seed, Duration.ofMillis(10)));
        assertThat(cancelled).isEqualTo(2_000);
        return Coroutine.done();
    }

    @Shuffled(50)
    @Async
    Coroutine<Void> inAnyOrder() throws IOException {
        ByteStream.Pair pair = ByteStream.pair(50);
        await(losesNothing(pair.left(), pair.right(), 40, 7, Duration.ofNanos(3)));
        return Coroutine.done();
    }

    @Test
    @WeftTest(virtualTime = false, debug = false, timeout = 60)
    @Async
    Coroutine<Void> oneThousandOfATcpConnection() throws IOException {
        try (Nets.Tcp tcp = await(Nets.Tcp.open())) {
            int cancelled =
                    await(
                            losesNothing(
                                    tcp.client(),
                                    tcp.served(),
                                    1_000,
                                    8,
                                    Duration.ofNanos(300_000)));
            assertThat(cancelled).isEqualTo(1_000);
        }
        return Coroutine.done();
    }
}
