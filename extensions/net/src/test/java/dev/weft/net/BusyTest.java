package dev.weft.net;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static java.time.Duration.ZERO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.weft.Async;
import dev.weft.AsyncCallable;
import dev.weft.Coroutine;
import dev.weft.Runner;
import dev.weft.Task;
import dev.weft.Weft;
import dev.weft.junit.WeftTest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** One reader, one writer, one loop, one thread. */
@WeftTest
class BusyTest {
    private final ByteStream.Pair pair = ByteStream.pair(10);
    private final ByteStream left = pair.left();
    private final ByteStream right = pair.right();

    @Async
    private static <T> Coroutine<Void> isRefused(AsyncCallable<T> operation) {
        Task<Throwable> second = Task.create("second", () -> Nets.failure(operation));
        assertThat(await(second))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("task second cannot")
                .hasMessageContaining("first");
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aSecondReaderIsRefusedWithBothNames() throws IOException {
        Task<String> reading = Task.create("first", () -> right.readLine());
        await(sleep(ZERO));
        await(isRefused(() -> right.read(1)));
        await(isRefused(() -> right.read(ByteBuffer.allocate(1))));
        await(isRefused(() -> right.readExactly(1)));
        await(isRefused(() -> right.readUntil(new byte[1], 1)));
        await(isRefused(() -> right.readLine()));
        await(isRefused(() -> right.readAll(1)));
        await(isRefused(() -> right.lines().toList()));
        await(isRefused(() -> right.transferTo(right)));
        await(left.write("line\n"));
        assertThat(await(reading)).isEqualTo("line");
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aSecondWriterIsRefusedWithBothNames() throws IOException {
        Task<Void> writing = Task.create("first", () -> left.write(new byte[20]));
        await(sleep(ZERO));
        await(isRefused(() -> left.write(new byte[1])));
        await(isRefused(() -> left.write("")));
        await(isRefused(() -> left.write(ByteBuffer.allocate(1), ByteBuffer.allocate(1))));
        await(isRefused(() -> left.closeOutput()));
        await(right.readExactly(20));
        await(writing);
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> oneMayReadWhileAnotherWrites() throws IOException {
        Task<Void> writing = Task.create(() -> left.write(new byte[20]));
        Task<byte[]> reading = Task.create(() -> left.read(1));
        await(right.readExactly(20));
        await(right.write("x"));
        await(writing);
        assertThat(await(reading)).hasSize(1);
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aCopyIsTheReaderOfItsSourceAlsoWhileItWrites() throws IOException {
        ByteStream.Pair target = ByteStream.pair(1);
        Task<Long> copying = Task.create("first", () -> right.transferTo(target.left()));
        await(left.write("abc"));
        await(sleep(ZERO));
        await(isRefused(() -> right.read(1)));
        copying.cancel();
        await(sleep(ZERO));
        await(sleep(ZERO));
        assertThat(Nets.text(await(right.readExactly(2)))).isEqualTo("bc");
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aRefusedOperationLeavesNoTrace() throws IOException {
        Task<byte[]> reading = Task.create(() -> right.read(1));
        await(sleep(ZERO));
        await(Nets.failure(() -> right.read(1)));
        reading.cancel();
        await(sleep(ZERO));
        await(left.write("a"));
        assertThat(await(right.read(1))).containsExactly('a');
        return Coroutine.done();
    }

    // ---- loops and threads

    @Test
    void anotherLoopIsRefused() {
        try (Runner one = Weft.runner();
                Runner other = Weft.runner()) {
            one.run(() -> left.write("x"));
            Throwable refused = catchThrowable(() -> other.run(() -> left.write("x")));
            assertThat(refused)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("another loop")
                    .hasMessageContaining("EventLoop.submit");
            assertThat(catchThrowable(() -> other.run(() -> right.read(1))))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("another loop");
        }
    }

    @Test
    void serversAndSocketsOfAnotherLoopAreRefused() {
        try (Runner one = Weft.runner();
                Runner other = Weft.runner()) {
            Server server = one.run(() -> Coroutine.of(Server.bind(Nets.ANY)));
            assertThat(catchThrowable(() -> other.run(() -> server.accept())))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(
                            "the server belongs to another loop: use EventLoop.submit(...) of that"
                                    + " loop");
            UdpSocket socket = one.run(() -> Coroutine.of(UdpSocket.bind(Nets.ANY)));
            assertThat(catchThrowable(() -> other.run(() -> socket.receive())))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("the socket belongs to another loop: use");
            one.close();
            assertThat(catchThrowable(() -> other.run(() -> socket.receive())))
                    .hasMessage("the socket belongs to another loop: that loop is closed");
        }
    }

    @Test
    void theLoopOfAPairIsTheOneThatFirstUsesOneOfThem() {
        try (Runner one = Weft.runner()) {
            one.run(() -> left.write("x"));
            assertThat(one.run(() -> right.read(1))).containsExactly('x');
        }
    }

    @Test
    void afterTheEndOfItsLoopAStreamSaysSo() {
        ByteStream[] stream = new ByteStream[1];
        Weft.run(
                () -> {
                    Nets.Tcp tcp = await(Nets.Tcp.open());
                    stream[0] = tcp.client();
                    return Coroutine.done();
                });
        assertThat(catchThrowable(() -> Weft.run(() -> stream[0].read(1))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("that loop is closed");
        stream[0].close(); // any thread, any time: harmless
        stream[0].close();
    }

    @Test
    @Async
    Coroutine<Void> closeOnAnotherThreadIsRefusedWithTheRightCall() throws IOException {
        try (Nets.Tcp tcp = await(Nets.Tcp.open());
                Server server = Server.bind(Nets.ANY)) {
            ByteStream client = tcp.client();
            List<Runnable> calls =
                    List.of(client::close, client::abort, server::close, () -> settings(server));
            for (Runnable call : calls) {
                Throwable refused =
                        await(
                                CompletableFuture.supplyAsync(
                                        () -> catchThrowable(() -> call.run())));
                assertThat(refused)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("EventLoop.execute");
            }
            await(client.write("still open"));
            assertThat(await(tcp.served().readExactly(10))).hasSize(10);
        }
        return Coroutine.done();
    }

    private static void settings(Server server) {
        server.maxConnections(1);
    }

    @Test
    void outsideOfALoopNothingCanBeBound() {
        assertThatThrownBy(() -> Server.bind(Nets.ANY)).isInstanceOf(IllegalStateException.class);
    }
}
