package dev.weft.netty;

import static dev.weft.Weft.await;
import static dev.weft.Weft.closing;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.timeoutOr;
import static dev.weft.netty.Caught.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.Deferred;
import dev.weft.junit.TestClock;
import dev.weft.junit.WeftTest;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Futures of Netty that tasks await. */
@WeftTest
class FuturesTest {
    private static final Duration HOUR = Duration.ofHours(1);

    @Async
    private static <T> Coroutine<T> valueOf(Deferred<T> deferred) {
        return Coroutine.of(await(deferred));
    }

    @Async
    private static Coroutine<Channels> connected() {
        return Channels.connect(NettyLoop.current(), channel -> {}, channel -> {});
    }

    @Test
    @Async
    Coroutine<Void> aValueIsReturned() {
        Promise<String> promise = NettyLoop.current().eventLoop().newPromise();
        NettyLoop.current().eventLoop().execute(() -> promise.setSuccess("value"));
        assertThat(await(NettyLoop.of(promise))).isEqualTo("value");
        assertThat(await(NettyLoop.of(promise))).isEqualTo("value");
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aFailureIsThrownAsItIs() throws Exception {
        Exception failure = new Exception("failed");
        Deferred<Object> deferred =
                NettyLoop.of(NettyLoop.current().eventLoop().newFailedFuture(failure));
        assertThat(await(failureOf(() -> valueOf(deferred)))).isSameAs(failure);
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aRefusedConnectionIsThrown() throws Exception {
        NettyLoop netty = NettyLoop.current();
        Channels channels = await(connected());
        InetSocketAddress address = (InetSocketAddress) channels.listener().localAddress();
        await(channels.closeAsync());
        ChannelFuture refused =
                new Bootstrap()
                        .group(netty.eventLoop())
                        .channel(netty.socketChannel())
                        .handler(new ChannelInboundHandlerAdapter())
                        .connect(address);
        assertThat(await(failureOf(() -> valueOf(NettyLoop.of(refused)))))
                .isInstanceOf(ConnectException.class);
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aCancellationOfTheFutureIsOneOfTheTask() throws Exception {
        NettyLoop.current();
        Promise<String> promise = GlobalEventExecutor.INSTANCE.newPromise();
        Deferred<String> deferred = NettyLoop.of(promise);
        promise.cancel(false);
        assertThat(await(failureOf(() -> valueOf(deferred)))).isInstanceOf(CancelledError.class);
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> cancellingGoesThroughToAFutureOfAnotherThread() {
        Promise<String> promise = GlobalEventExecutor.INSTANCE.newPromise();
        Deferred<String> deferred = NettyLoop.of(promise);
        deferred.cancel();
        await(sleep(Duration.ZERO));
        assertThat(promise.isCancelled()).isTrue();
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> cancellingGivesAConnectionUp() {
        try (var closing = closing(await(connected()))) {
            Channel channel = closing.get().client();
            ChannelPromise promise = channel.newPromise();
            assertThat(await(timeoutOr(HOUR, valueOf(NettyLoop.of(promise)), null))).isNull();
            await(sleep(Duration.ZERO));
            assertThat(promise.isCancelled()).isTrue();
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aTimeoutDoesNotCancelTheCloseOfAChannelForOthers() {
        try (var closing = closing(await(connected()))) {
            Channel channel = closing.get().client();
            Deferred<Void> other = NettyLoop.of(channel.closeFuture());
            assertThat(await(timeoutOr(HOUR, waitFor(NettyLoop.of(channel.closeFuture())), "late")))
                    .isEqualTo("late");
            await(sleep(Duration.ZERO));
            assertThat(channel.closeFuture().isDone()).isFalse();
            Unawaited.close(channel);
            await(other);
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<String> waitFor(Deferred<Void> deferred) {
        await(deferred);
        return Coroutine.of("done");
    }

    @Test
    @Async
    Coroutine<Void> virtualTimeStandsStillForAFutureOfAnotherThread(TestClock clock) {
        await(
                NettyLoop.of(
                        GlobalEventExecutor.INSTANCE.schedule(
                                () -> {}, 30, TimeUnit.MILLISECONDS)));
        assertThat(clock.elapsed()).isZero();
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aTimerOfNettyEndsInRealTime() {
        NettyLoop netty = NettyLoop.current();
        long began = System.nanoTime();
        await(NettyLoop.of(netty.eventLoop().schedule(() -> {}, 20, TimeUnit.MILLISECONDS)));
        assertThat(System.nanoTime() - began).isGreaterThanOrEqualTo(20_000_000);
        return Coroutine.done();
    }
}
