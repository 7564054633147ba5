package dev.weft.netty;

import static dev.weft.Weft.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Promise;
import dev.weft.junit.WeftTest;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.EventLoopGroupProvider;
import io.lettuce.core.resource.Transports;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.EventExecutorGroup;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.embedded.RedisServer;

/**
 * Lettuce, a client of Redis, on the loop's thread. Lettuce itself chooses the transport: epoll if
 * its native jar is there, unless the program runs with {@code -Dio.lettuce.core.epoll=false}.
 */
@WeftTest(virtualTime = false)
class LettuceTest {
    private static RedisServer server;
    private static int port;

    private NettyLoop netty;

    @BeforeAll
    static void startServer() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        server = RedisServer.newRedisServer().port(port).bind("127.0.0.1").build();
        server.start();
    }

    @AfterAll
    static void stopServer() throws IOException {
        server.stop();
    }

    @BeforeEach
    @Async
    Coroutine<Void> installTransport() {
        boolean isNio = Transports.socketChannelClass() == NioSocketChannel.class;
        netty =
                EventLoop.current()
                        .poller(NettyLoop.class, isNio ? NettyLoop.nio() : NettyLoop.epoll());
        assertThat(netty.socketChannel()).isEqualTo(Transports.socketChannelClass());
        return Coroutine.done();
    }

    /** Gives Lettuce the loop of the program, which Lettuce must not shut down. */
    private static final class OneLoop implements EventLoopGroupProvider {
        private final EventLoopGroup loop;

        OneLoop(EventLoopGroup loop) {
            this.loop = loop;
        }

        @Override
        @SuppressWarnings("unchecked") // erased: Lettuce uses it as an EventLoopGroup
        public <T extends EventLoopGroup> T allocate(Class<T> type) {
            return (T) loop;
        }

        @Override
        public int threadPoolSize() {
            return 1;
        }

        @Override
        public Future<Boolean> release(
                EventExecutorGroup group, long quietPeriod, long timeout, TimeUnit unit) {
            return ImmediateEventExecutor.INSTANCE.newSucceededFuture(true);
        }

        @Override
        public Future<Boolean> shutdown(long quietPeriod, long timeout, TimeUnit unit) {
            return ImmediateEventExecutor.INSTANCE.newSucceededFuture(true);
        }
    }

    /** A client, and what it shares with others. */
    private record Lettuce(ClientResources resources, RedisClient client) {
        static Lettuce on(NettyLoop netty) {
            ClientResources resources =
                    DefaultClientResources.builder()
                            .eventLoopGroupProvider(new OneLoop(netty.eventLoop()))
                            .eventExecutorGroup(netty.eventLoop())
                            .build();
            return new Lettuce(
                    resources,
                    RedisClient.create(resources, RedisURI.create("redis://127.0.0.1:" + port)));
        }

        @Async
        Coroutine<Void> close() {
            await(client.shutdownAsync(0, 1, TimeUnit.SECONDS));
            await(NettyLoop.of(resources.shutdown(0, 1, TimeUnit.SECONDS)));
            return Coroutine.done();
        }
    }

    private static CompletionStage<Thread> threadOf(CompletionStage<?> stage) {
        return stage.thenApply(value -> Thread.currentThread());
    }

    @Test
    @Async
    Coroutine<Void> commandsAreAnsweredOnTheThreadOfTheLoop() {
        Lettuce lettuce = Lettuce.on(netty);
        StatefulRedisConnection<String, String> connection =
                await(
                        lettuce.client.connectAsync(
                                StringCodec.UTF8, RedisURI.create("127.0.0.1", port)));
        RedisAsyncCommands<String, String> commands = connection.async();
        assertThat(await(commands.set("name", "Ada"))).isEqualTo("OK");
        assertThat(await(commands.get("name"))).isEqualTo("Ada");
        for (int i = 0; i < 100; i++) {
            assertThat(await(threadOf(commands.incr("counter")))).isSameAs(Thread.currentThread());
        }
        assertThat(await(commands.get("counter"))).isEqualTo("100");
        await(connection.closeAsync());
        await(lettuce.close());
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aMessageOfASubscriptionArrivesOnTheThreadOfTheLoop() {
        Lettuce lettuce = Lettuce.on(netty);
        RedisURI uri = RedisURI.create("127.0.0.1", port);
        StatefulRedisPubSubConnection<String, String> subscriber =
                await(lettuce.client.connectPubSubAsync(StringCodec.UTF8, uri));
        StatefulRedisConnection<String, String> publisher =
                await(lettuce.client.connectAsync(StringCodec.UTF8, uri));
        Promise<Thread> received = new Promise<>();
        subscriber.addListener(
                new RedisPubSubAdapter<>() {
                    @Override
                    public void message(String channel, String message) {
                        received.complete(Thread.currentThread());
                    }
                });
        await(subscriber.async().subscribe("news"));
        assertThat(await(publisher.async().publish("news", "hello"))).isEqualTo(1);
        assertThat(await(received)).isSameAs(Thread.currentThread());
        await(subscriber.closeAsync());
        await(publisher.closeAsync());
        await(lettuce.close());
        return Coroutine.done();
    }
}
