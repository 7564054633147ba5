package dev.weft.netty;

import static dev.weft.Weft.await;
import static dev.weft.Weft.blocking;
import static dev.weft.Weft.sleep;
import static dev.weft.netty.Caught.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.junit.WeftTest;
import dev.weft.net.ByteStream;
import dev.weft.net.StreamClosedException;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Programs that do to Netty what they should not. */
@WeftTest(virtualTime = false)
class MisuseTest {
    private static final int LARGE = 20_000_000;

    private static long cpuMillis() {
        long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }

    @ParameterizedTest
    @EnumSource(Transports.class)
    @Async
    Coroutine<Void> aLoopWhoseNettyWasShutDownDoesNotSpin(Transports transport) {
        NettyLoop netty = transport.install();
        Future<?> unused = netty.eventLoop().shutdownGracefully(0, 0, TimeUnit.SECONDS);
        await(sleep(Duration.ofMillis(50)));
        assertThat(netty.eventLoop().isTerminated()).isTrue();
        long before = cpuMillis();
        await(sleep(Duration.ofMillis(400)));
        assertThat(cpuMillis() - before).isLessThan(100);
        assertThat(await(blocking(() -> "woken"))).isEqualTo("woken");
        return Coroutine.done();
    }

    @ParameterizedTest
    @EnumSource(Transports.class)
    @Async
    Coroutine<Void> aChannelThatAnotherThreadClosesIsAClosedStream(Transports transport)
            throws Exception {
        NettyLoop netty = transport.install();
        ByteStream[] stream = {null};
        Channels channels =
                await(
                        Channels.connect(
                                netty,
                                channel -> stream[0] = NettyLoop.stream(channel),
                                channel -> channel.config().setAutoRead(false)));
        Task<Void> write = Task.create(() -> stream[0].write(new byte[LARGE]));
        await(sleep(Duration.ZERO));
        Channel client = channels.client();
        CompletableFuture<Void> closing = CompletableFuture.runAsync(() -> close(client));
        assertThat(await(failureOf(() -> joined(write)))).isInstanceOf(StreamClosedException.class);
        assertThat(closing).succeedsWithin(Duration.ofSeconds(10));
        await(channels.closeAsync());
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> joined(Task<Void> task) {
        await(task);
        return Coroutine.done();
    }

    private static void close(Channel channel) {
        Future<?> unused = channel.close();
    }
}
