package dev.weft.netty;

import static dev.weft.Weft.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.junit.WeftTest;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.r2dbc.postgresql.PostgresqlConnectionConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionFactory;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.netty.resources.LoopResources;

/** R2DBC for PostgreSQL, which is built on reactor-netty, on the loop's thread. */
@WeftTest(virtualTime = false)
class R2dbcTest {
    private static EmbeddedPostgres server;

    @BeforeAll
    static void startServer() throws IOException {
        server = EmbeddedPostgres.builder().start();
    }

    @AfterAll
    static void stopServer() throws IOException {
        server.close();
    }

    /** Gives reactor-netty the loop of the program, and the channels that fit it. */
    private static final class OneLoop implements LoopResources {
        private final NettyLoop netty;

        OneLoop(NettyLoop netty) {
            this.netty = netty;
        }

        @Override
        public EventLoopGroup onServer(boolean useNative) {
            return netty.eventLoop();
        }

        @Override
        @SuppressWarnings("unchecked") // the driver asks for a SocketChannel
        public <C extends Channel> Class<? extends C> onChannelClass(
                Class<C> type, EventLoopGroup group) {
            return (Class<? extends C>) netty.socketChannel();
        }

        @Override
        public <C extends Channel> C onChannel(Class<C> type, EventLoopGroup group) {
            try {
                return onChannelClass(type, group).getConstructor().newInstance();
            } catch (ReflectiveOperationException e) {
                throw new LinkageError("a channel has no constructor", e);
            }
        }
    }

    private static PostgresqlConnectionFactory factory(NettyLoop netty) {
        return new PostgresqlConnectionFactory(
                PostgresqlConnectionConfiguration.builder()
                        .host("127.0.0.1")
                        .port(server.getPort())
                        .username("postgres")
                        .database("postgres")
                        .loopResources(new OneLoop(netty))
                        .build());
    }

    @ParameterizedTest
    @EnumSource
    @Async
    Coroutine<Void> rowsArriveOnTheThreadOfTheLoop(Transports transport) {
        Set<Thread> threads = new HashSet<>();
        PostgresqlConnection connection = await(factory(transport.install()).create().toFuture());
        try {
            for (int i = 0; i < 10; i++) {
                Flux<Integer> rows =
                        connection
                                .createStatement("SELECT n FROM generate_series(1, $1) AS n")
                                .bind("$1", 1_000)
                                .execute()
                                .flatMap(
                                        result ->
                                                result.map(
                                                        (row, meta) -> {
                                                            threads.add(Thread.currentThread());
                                                            return row.get(0, Integer.class);
                                                        }));
                List<Integer> numbers = await(rows.collectList().toFuture());
                assertThat(numbers).hasSize(1_000).endsWith(1_000);
            }
        } finally {
            await(connection.close().toFuture());
        }
        assertThat(threads).containsExactly(Thread.currentThread());
        return Coroutine.done();
    }
}
