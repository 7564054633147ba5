package dev.weft.net;

import static dev.weft.Weft.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.junit.WeftTest;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** The time of a gathered write is linear in the number of its buffers. */
@WeftTest(debug = false, timeout = 10)
class ManyBuffersTest {
    @Test
    @Async
    Coroutine<Void> aMillionBuffersAreWrittenInLinearTime() throws IOException {
        byte[] bytes = Nets.numbered(1_000_000);
        ByteBuffer[] buffers = new ByteBuffer[bytes.length];
        for (int i = 0; i < buffers.length; i++) {
            buffers[i] = ByteBuffer.wrap(bytes, i, 1);
        }
        ByteStream.Pair pair = ByteStream.pair(16);
        Task<Void> writing = Task.create(() -> pair.left().write(buffers));
        assertThat(await(pair.right().readExactly(bytes.length))).isEqualTo(bytes);
        await(writing);
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aMillionBuffersAreWrittenToASocketInLinearTime() throws IOException {
        byte[] bytes = Nets.numbered(1_000_000);
        ByteBuffer[] buffers = new ByteBuffer[bytes.length];
        for (int i = 0; i < buffers.length; i++) {
            buffers[i] = ByteBuffer.wrap(bytes, i, 1);
        }
        try (Nets.Tcp tcp = await(Nets.Tcp.open())) {
            Task<Void> writing = Task.create(() -> tcp.client().write(buffers));
            assertThat(await(tcp.served().readExactly(bytes.length))).isEqualTo(bytes);
            await(writing);
        }
        return Coroutine.done();
    }
}
