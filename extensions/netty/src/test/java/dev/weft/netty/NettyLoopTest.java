package dev.weft.netty;

import static dev.weft.Weft.await;
import static dev.weft.Weft.closing;
import static dev.weft.Weft.sleep;
import static dev.weft.netty.Caught.failureOf;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Promise;
import dev.weft.Runner;
import dev.weft.Task;
import dev.weft.Weft;
import dev.weft.junit.WeftTest;
import dev.weft.net.ByteStream;
import dev.weft.net.Network;
import dev.weft.net.Server;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import io.netty.channel.nio.NioIoOps;
import io.netty.channel.nio.NioSelectableChannelIoHandle;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The loop of Netty inside an event loop. */
@WeftTest
class NettyLoopTest {
    private static final InetSocketAddress ANY =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    @Test
    @Async
    Coroutine<Void> aLoopWithoutNetworkGetsNio() {
        NettyLoop netty = NettyLoop.current();
        assertThat(netty.socketChannel()).isEqualTo(NioSocketChannel.class);
        assertThat(netty.serverSocketChannel()).isEqualTo(NioServerSocketChannel.class);
        assertThat(NettyLoop.current()).isSameAs(netty);
        assertThat(Network.current()).isSameAs(netty);
        assertThat(netty.eventLoop().inEventLoop()).isTrue();
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aLoopWithAnotherNetworkIsRefused() throws Exception {
        Network.current();
        assertThatThrownBy(NettyLoop::current)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("SelectorNetwork")
                .hasMessageContaining("NettyLoop");
        return Coroutine.done();
    }

    @Test
    void outsideOfALoopThereIsNone() {
        assertThatThrownBy(NettyLoop::current).isInstanceOf(IllegalStateException.class);
    }

    // ---- what is awaited

    @ParameterizedTest
    @EnumSource
    @Async
    Coroutine<Void> tasksTimersAndChannelsAreAwaited(Transports transport) {
        NettyLoop netty = transport.install();
        IoEventLoop loop = netty.eventLoop();
        assertThat(netty.isAwaited()).isFalse();

        Future<?> task = loop.submit(() -> {});
        assertThat(netty.isAwaited()).isTrue();
        await(NettyLoop.of(task));
        assertThat(netty.isAwaited()).isFalse();

        ScheduledFuture<?> timer = loop.schedule(() -> {}, 1, TimeUnit.HOURS);
        assertThat(netty.isAwaited()).isTrue();
        timer.cancel(false);
        assertThat(netty.isAwaited()).isFalse();

        Channels channels = await(Channels.connect(netty, channel -> {}, channel -> {}));
        assertThat(netty.isAwaited()).isTrue();
        await(channels.closeAsync());
        await(sleep(Duration.ofSeconds(1)));
        await(sleep(Duration.ofSeconds(1)));
        assertThat(netty.isAwaited()).isFalse();
        return Coroutine.done();
    }

    @ParameterizedTest
    @EnumSource
    void withoutChannelsADeadlockIsReported(Transports transport) {
        try (Runner runner = Weft.runner().virtualTime().poller(transport.factory())) {
            assertThatThrownBy(() -> runner.run(() -> Coroutine.of(await(new Promise<>()))))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("deadlock");
        }
    }

    @Test
    void registrationsThatHaveEndedAreForgotten() {
        Registrations registrations = new Registrations();
        Registration open = new Registration();
        registrations.add(open);
        for (int i = 0; i < 100_000; i++) {
            Registration closed = new Registration();
            registrations.add(closed);
            closed.cancel();
        }
        assertThat(registrations.size()).isLessThan(200);
        assertThat(registrations.needPoll()).isTrue();
        open.cancel();
        registrations.needPoll();
        registrations.polled();
        assertThat(registrations.needPoll()).isFalse();
        assertThat(registrations.size()).isZero();
    }

    private static final class Registration implements IoRegistration {
        private boolean isValid = true;

        @Override
        @SuppressWarnings("TypeParameterUnusedInFormals") // as Netty declares it
        public <T> T attachment() {
            return null;
        }

        @Override
        public long submit(IoOps ops) {
            return 0;
        }

        @Override
        public boolean isValid() {
            return isValid;
        }

        @Override
        public boolean cancel() {
            isValid = false;
            return true;
        }
    }

    // ---- failures

    @ParameterizedTest
    @EnumSource
    @Async
    Coroutine<Void> aHandlerThatThrowsDoesNotHoldTheLoop(Transports transport) {
        NettyLoop netty = transport.install();
        Promise<Void> last = new Promise<>();
        Channels channels =
                await(
                        Channels.connect(
                                netty,
                                channel -> {},
                                channel -> channel.pipeline().addLast(new Throwing(last))));
        Muted muted = new Muted("io.netty");
        try (var closing = closing(channels)) {
            Channel client = closing.get().client();
            long began = System.nanoTime();
            while (!last.done()) {
                Future<?> unused = client.writeAndFlush(Unpooled.copiedBuffer("x", UTF_8));
                await(sleep(Duration.ofMillis(1)));
            }
            assertThat(System.nanoTime() - began).isLessThan(TimeUnit.SECONDS.toNanos(4));
        } finally {
            muted.end();
        }
        return Coroutine.done();
    }

    /** Throws five times, in each of two ways: Netty would sleep a second after each. */
    private static final class Throwing extends ChannelInboundHandlerAdapter {
        private final Promise<Void> last;
        private int times;

        Throwing(Promise<Void> last) {
            this.last = last;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ReferenceCountUtil.release(message);
            if (++times >= 5) {
                last.complete(null);
            }
            throw new IllegalStateException("thrown by a handler");
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            throw new AssertionError("thrown by the same handler");
        }
    }

    @Test
    @Async
    Coroutine<Void> anErrorOfWhatIsWatchedDoesNotEndTheLoop() throws Exception {
        NettyLoop netty = NettyLoop.current();
        Pipe pipe = Pipe.open();
        pipe.source().configureBlocking(false);
        boolean[] hasThrown = new boolean[1];
        IoRegistration registration =
                await(
                        NettyLoop.of(
                                netty.eventLoop()
                                        .register(new ThrowingHandle(pipe.source(), hasThrown))));
        registration.submit(NioIoOps.READ);
        pipe.sink().write(ByteBuffer.allocate(1));
        Muted muted = new Muted("dev.weft.netty");
        while (!hasThrown[0]) {
            await(sleep(Duration.ofSeconds(1)));
        }
        muted.end();
        await(sleep(Duration.ofSeconds(1)));
        registration.cancel();
        pipe.sink().close();
        pipe.source().close();
        return Coroutine.done();
    }

    @SuppressWarnings("try") // the close of the superclass throws InterruptedException
    private static final class ThrowingHandle
            extends NioSelectableChannelIoHandle<Pipe.SourceChannel> {
        private final boolean[] hasThrown;

        ThrowingHandle(Pipe.SourceChannel channel, boolean[] hasThrown) {
            super(channel);
            this.hasThrown = hasThrown;
        }

        @Override
        protected void handle(Pipe.SourceChannel channel, SelectionKey key) {
            key.interestOps(0);
            hasThrown[0] = true;
            throw new AssertionError("thrown on purpose");
        }
    }

    // ---- several loops, and the end

    @Test
    @Async
    Coroutine<Void> aChannelOfAnotherThreadIsRefused() throws Exception {
        Channel unregistered = new NioSocketChannel();
        assertThatThrownBy(() -> NettyLoop.stream(unregistered))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is not registered");
        unregistered.unsafe().closeForcibly();
        return Coroutine.done();
    }

    @ParameterizedTest
    @EnumSource
    void theEndOfTheLoopClosesItsChannels(Transports transport) {
        Runner runner = Weft.runner().poller(transport.factory());
        Channels channels =
                runner.run(
                        () -> Channels.connect(NettyLoop.current(), channel -> {}, channel -> {}));
        assertThat(channels.client().isOpen()).isTrue();
        runner.close();
        assertThat(channels.client().isOpen()).isFalse();
        assertThat(channels.server().isOpen()).isFalse();
        assertThat(channels.listener().isOpen()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    @Async
    Coroutine<Void> twoTasksThatAcceptAreNamed(Transports transport) throws Exception {
        transport.install();
        try (Server server = Server.bind(ANY)) {
            Task<ByteStream> first = Task.create("first", () -> server.accept());
            await(sleep(Duration.ofSeconds(1)));
            assertThat(await(failureOf(() -> server.accept())))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("first accepts from this server");
            first.cancel();
            await(failureOf(() -> Coroutine.of(await(first))));
        }
        return Coroutine.done();
    }
}
