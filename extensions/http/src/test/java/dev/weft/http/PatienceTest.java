package dev.weft.http;

import static dev.weft.Weft.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Weft;
import dev.weft.junit.WeftTest;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Time limits for clients that read. */
@WeftTest
class PatienceTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration MORE = Duration.ofSeconds(11);

    @Test
    @Async
    Coroutine<Void> aWaitBeginsAgainWhileTheClientReads() {
        int[] expired = {0};
        EmbeddedChannel channel = new EmbeddedChannel();
        Patience patience = new Patience(EventLoop.current(), channel, LIMIT, () -> expired[0]++);
        Ends.write(channel, Unpooled.wrappedBuffer(new byte[1_000]));
        patience.begin();
        channel.flush(); // the client reads
        await(Weft.sleep(MORE));
        assertThat(expired[0]).isZero();
        await(Weft.sleep(MORE)); // and then stops
        assertThat(expired[0]).isOne();
        channel.finishAndReleaseAll();
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> noWaitBeginsAfterTheEnd() {
        int[] expired = {0};
        Patience patience = new Patience(EventLoop.current(), () -> 0, LIMIT, () -> expired[0]++);
        patience.stop();
        patience.begin();
        await(Weft.sleep(MORE));
        assertThat(expired[0]).isZero();
        return Coroutine.done();
    }
}
