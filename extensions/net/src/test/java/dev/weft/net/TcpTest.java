package dev.weft.net;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.junit.WeftTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Streams and servers on TCP. */
@WeftTest
class TcpTest {
    private static final InetSocketAddress ANY =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    @Async
    private static Coroutine<Void> echo(ByteStream stream) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(1_024);
        while (await(stream.read(buffer)) >= 0) {
            await(stream.write(buffer.flip()));
            buffer.clear();
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aServerAnswers() throws IOException {
        try (Server server = Server.bind(ANY)) {
            Task<Void> serving = Task.create(() -> server.serve(stream -> echo(stream)));
            try (ByteStream stream = await(ByteStream.connect(server.address()))) {
                await(stream.write("ping"));
                assertThat(await(stream.readExactly(4))).isEqualTo("ping".getBytes(UTF_8));
                assertThat(server.connections()).isEqualTo(1);
                await(stream.closeOutput());
                assertThat(await(stream.read(1))).isNull();
            }
            Nets.close(server);
            await(serving);
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> anAddressCanBeUsedAgainAtOnce() throws IOException {
        try (Server first = Server.bind(ANY).backlog(10)) {
            first.close();
            Server.bind(first.address()).close();
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aHostIsResolved() throws IOException {
        try (Server server = Server.bind(ANY)) {
            int port = ((InetSocketAddress) server.address()).getPort();
            try (ByteStream client = await(ByteStream.connect("localhost", port));
                    ByteStream accepted = await(server.accept())) {
                assertThat(client.local()).isEqualTo(accepted.remote());
            }
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> virtualTimePassesWhileNothingHappens() throws IOException {
        try (Server server = Server.bind(ANY)) {
            Task<Void> serving = Task.create(() -> server.serve(stream -> echo(stream)));
            try (ByteStream stream = await(ByteStream.connect(server.address()))) {
                for (int i = 0; i < 10; i++) {
                    await(sleep(Duration.ofHours(1)));
                    await(stream.write("ping"));
                    await(stream.readExactly(4));
                }
            }
            await(server.shutdown(Duration.ofSeconds(1)));
            await(serving);
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> tenMegabytesComeThrough() throws IOException {
        try (Server server = Server.bind(ANY)) {
            Task<Void> serving = Task.create(() -> server.serve(stream -> echo(stream)));
            try (ByteStream stream = await(ByteStream.connect(server.address()))) {
                byte[] sent = new byte[10_000_000];
                new java.util.Random(1).nextBytes(sent);
                Task<Void> writing = Task.create(() -> stream.write(sent));
                assertThat(await(stream.readExactly(sent.length))).isEqualTo(sent);
                await(writing);
            }
            Nets.close(server);
            await(serving);
        }
        return Coroutine.done();
    }
}
