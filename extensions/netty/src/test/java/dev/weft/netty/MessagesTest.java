package dev.weft.netty;

import static dev.weft.Weft.await;
import static dev.weft.Weft.closing;
import static dev.weft.Weft.sleep;
import static dev.weft.netty.Caught.failureOf;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Async;
import dev.weft.AsyncCloseable;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.junit.WeftTest;
import dev.weft.stream.AsyncStream;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.FixedLengthFrameDecoder;
import io.netty.handler.codec.LineBasedFrameDecoder;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.string.StringDecoder;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The messages of a pipeline as a stream. */
@WeftTest
class MessagesTest {
    /** A channel whose messages are read, and the channel that sends them. */
    private static final class Lines implements AsyncCloseable {
        final int ahead;
        Channels channels;
        AsyncStream<String> received;

        /** Messages that reach the end of the pipeline. */
        final List<Object> passed = new ArrayList<>();

        Lines(int ahead) {
            this.ahead = ahead;
        }

        void init(Channel channel) {
            channel.pipeline().addLast(new LineBasedFrameDecoder(100), new StringDecoder());
            received = NettyLoop.messages(channel, String.class, ahead);
            channel.pipeline()
                    .addLast(
                            new ChannelInboundHandlerAdapter() {
                                @Override
                                public void channelRead(
                                        ChannelHandlerContext context, Object message) {
                                    passed.add(message);
                                }
                            });
        }

        @Async
        Coroutine<Void> send(String text) {
            await(
                    NettyLoop.of(
                            channels.client().writeAndFlush(Unpooled.copiedBuffer(text, UTF_8))));
            return Coroutine.done();
        }

        @Override
        @Async
        public Coroutine<Void> closeAsync() {
            await(channels.closeAsync());
            return Coroutine.done();
        }
    }

    @Async
    private static Coroutine<Lines> connect(NettyLoop netty, int ahead) {
        Lines lines = new Lines(ahead);
        lines.channels = await(Channels.connect(netty, channel -> {}, lines::init));
        return Coroutine.of(lines);
    }

    @ParameterizedTest
    @EnumSource
    @Async
    Coroutine<Void> messagesArriveInTheirOrderUpToTheEnd(Transports transport) {
        try (var closing = closing(await(connect(transport.install(), 4)))) {
            Lines lines = closing.get();
            Task<List<String>> reading = Task.create(() -> listOf(lines.received));
            for (int i = 0; i < 100; i++) {
                await(lines.send("line " + i + "\n"));
            }
            await(NettyLoop.of(lines.channels.client().close()));
            assertThat(await(reading)).hasSize(100).startsWith("line 0").endsWith("line 99");
        }
        return Coroutine.done();
    }

    @Async
    private static <T> Coroutine<List<T>> listOf(AsyncStream<T> stream) {
        return Coroutine.of(await(stream.toList()));
    }

    @ParameterizedTest
    @EnumSource
    @Async
    Coroutine<Void> theChannelDoesNotReadWhileMessagesWait(Transports transport) {
        try (var closing = closing(await(connect(transport.install(), 2)))) {
            Lines lines = closing.get();
            Channel server = lines.channels.server();
            await(lines.send("one\ntwo\nthree\n"));
            await(sleep(Duration.ofHours(1)));
            assertThat(server.config().isAutoRead()).isFalse();
            Task<List<String>> reading = Task.create(() -> listOf(lines.received.limit(3)));
            await(reading);
            assertThat(server.config().isAutoRead()).isTrue();
        }
        return Coroutine.done();
    }

    @ParameterizedTest
    @EnumSource
    @Async
    Coroutine<Void> aSenderWaitsForTheReader(Transports transport) {
        NettyLoop netty = transport.install();
        List<AsyncStream<ByteBuf>> received = new ArrayList<>();
        Channels channels =
                await(
                        Channels.connect(
                                netty,
                                channel -> {},
                                channel -> {
                                    channel.pipeline().addLast(new FixedLengthFrameDecoder(65_536));
                                    received.add(NettyLoop.messages(channel, ByteBuf.class, 2));
                                }));
        try (var closing = closing(channels)) {
            Channel client = closing.get().client();
            int written = 0;
            while (client.isWritable()) {
                Future<?> unused = client.writeAndFlush(Unpooled.wrappedBuffer(new byte[65_536]));
                written++;
                await(sleep(Duration.ofSeconds(1)));
            }
            assertThat(written).isLessThan(300); // 20 MB: the buffers of the system
            Task<Integer> reading = Task.create(() -> takeAll(received.get(0)));
            Unawaited.close(client);
            assertThat(await(reading)).isPositive();
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Integer> takeAll(AsyncStream<ByteBuf> messages) {
        int count = 0;
        List<ByteBuf> all = await(messages.toList());
        for (ByteBuf message : all) {
            message.release();
            count++;
        }
        return Coroutine.of(count);
    }

    @Test
    @Async
    Coroutine<Void> aFailureOfThePipelineIsThrownAfterTheMessages() throws Exception {
        try (var closing = closing(await(connect(NettyLoop.current(), 2)))) {
            Lines lines = closing.get();
            List<String> received = new ArrayList<>();
            await(lines.send("short\n" + "x".repeat(200) + "\n"));
            assertThat(await(failureOf(() -> lines.received.forEach(received::add))))
                    .isInstanceOf(TooLongFrameException.class);
            assertThat(received).containsExactly("short");
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> messagesAfterTheEndOfTheStreamPassOn() {
        try (var closing = closing(await(connect(NettyLoop.current(), 1)))) {
            Lines lines = closing.get();
            await(lines.send("one\n"));
            assertThat(await(lines.received.limit(1).toList())).containsExactly("one");
            await(lines.send("two\n"));
            await(sleep(Duration.ofSeconds(1)));
            assertThat(lines.passed).containsExactly("two");
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> messagesThatNobodyTakesAreReleased() {
        List<AsyncStream<ByteBuf>> received = new ArrayList<>();
        Channels channels =
                await(
                        Channels.connect(
                                NettyLoop.current(),
                                channel -> {},
                                channel -> {
                                    received.add(NettyLoop.messages(channel, ByteBuf.class, 8));
                                }));
        try (var closing = closing(channels)) {
            AsyncStream<ByteBuf> messages = received.get(0);
            ChannelPipeline pipeline = closing.get().server().pipeline();
            pipeline.fireChannelRead(Unpooled.buffer().writeByte(1));
            ByteBuf second = Unpooled.buffer().writeByte(2);
            pipeline.fireChannelRead(second);
            assertThat(await(messages.hasNext())).isTrue();
            messages.next().release();
            await(messages.closeAsync());
            assertThat(second.refCnt()).isZero();
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> argumentsAreChecked() {
        try (var closing = closing(await(connect(NettyLoop.current(), 1)))) {
            await(closing.get().received.closeAsync());
            Channel channel = closing.get().channels.client();
            assertThatThrownBy(() -> NettyLoop.messages(channel, String.class, 0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("ahead < 1: 0");
        }
        return Coroutine.done();
    }
}
