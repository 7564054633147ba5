package dev.weft.net;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static java.time.Duration.ofHours;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.Weft;
import dev.weft.junit.WeftTest;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Unix sockets: the stream, the path and who owns it. */
@WeftTest
class UnixSocketTest {
    @TempDir Path folder;

    private UnixDomainSocketAddress address() {
        return UnixDomainSocketAddress.of(folder.resolve("socket"));
    }

    @Test
    @Async
    Coroutine<Void> aServerAnswers() throws IOException {
        try (Server server = Server.bind(address())) {
            assertThat(server.address()).isEqualTo(address());
            Task<Void> serving = Task.create(() -> server.serve(stream -> Nets.echo(stream)));
            try (ByteStream client = await(ByteStream.connect(address()))) {
                assertThat(client.remote()).isEqualTo(address());
                byte[] bytes = Nets.numbered(1_000_000);
                Task<Void> writing = Task.create(() -> client.write(bytes));
                assertThat(await(client.readExactly(bytes.length))).isEqualTo(bytes);
                await(writing);
                await(client.closeOutput());
                assertThat(await(client.read(1))).isNull();
            }
            Nets.close(server);
            await(serving);
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> theTaskOfAConnectionIsNamedAfterTheServer() throws IOException {
        try (Server server = Server.bind(address())) {
            String[] name = new String[1];
            Task<Void> serving =
                    Task.create(
                            () ->
                                    server.serve(
                                            stream -> {
                                                name[0] = Task.current().name();
                                                return Coroutine.done();
                                            }));
            try (ByteStream client = await(ByteStream.connect(address()))) {
                assertThat(await(client.read(1))).isNull();
            }
            assertThat(name[0]).isEqualTo("connection to " + address());
            Nets.close(server);
            await(serving);
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> closeDeletesThePath() throws IOException {
        Server server = Server.bind(address());
        assertThat(address().getPath()).exists();
        server.close();
        assertThat(address().getPath()).doesNotExist();
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> closeLeavesThePathOfAnotherServerAlone() throws IOException {
        Server first = Server.bind(address());
        Files.delete(address().getPath());
        try (Server second = Server.bind(address())) {
            first.close();
            assertThat(second.address().toString()).isNotEmpty();
            assertThat(address().getPath()).exists();
        }
        assertThat(address().getPath()).doesNotExist();
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aPathInUseIsAnAddressInUse() throws IOException {
        try (Server server = Server.bind(address())) {
            assertThatThrownBy(() -> Server.bind(address()))
                    .isInstanceOf(BindException.class)
                    .hasMessage("address in use: " + address());
            assertThat(server.connections()).isZero();
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aPathInUseWithAFullBacklogIsInUseToo() throws IOException {
        try (Server server = Server.bind(address()).backlog(1)) {
            ByteStream one = await(ByteStream.connect(address()));
            ByteStream two = await(ByteStream.connect(address()));
            assertThat(await(Nets.failure(() -> ByteStream.connect(address()))))
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining("try again later")
                    .hasMessageContaining(address().toString());
            assertThatThrownBy(() -> Server.bind(address()))
                    .hasMessage("address in use: " + address());
            one.close();
            two.close();
            assertThat(server.address()).isEqualTo(address());
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aPathThatNobodyServesIsStale() throws IOException {
        try (ServerSocketChannel gone = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            gone.bind(address());
        }
        assertThatThrownBy(() -> Server.bind(address()))
                .isInstanceOf(BindException.class)
                .hasMessage("stale socket at " + address() + ": delete it");
        assertThat(address().getPath()).exists();
        assertThat(await(Nets.failure(() -> ByteStream.connect(address()))))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("refused");
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aFileInTheWayIsNoStaleSocket() throws IOException {
        Files.writeString(address().getPath(), "precious");
        assertThatThrownBy(() -> Server.bind(address()))
                .isInstanceOf(BindException.class)
                .hasMessage("not a socket, but in the way: " + address());
        assertThat(Files.readString(address().getPath())).isEqualTo("precious");
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> abortIsAsClose() throws IOException {
        try (Server server = Server.bind(address());
                ByteStream client = await(ByteStream.connect(address()));
                ByteStream accepted = await(server.accept())) {
            await(client.write("bye"));
            client.abort();
            assertThat(Nets.text(await(accepted.readAll(10)))).isEqualTo("bye");
            await(sleep(ofHours(1)));
            assertThat(await(Nets.failure(() -> accepted.write("x"))))
                    .isInstanceOf(ConnectionResetException.class);
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> anOptionOfTcpIsUnsupported() throws IOException {
        try (Server server = Server.bind(address());
                ByteStream client = await(ByteStream.connect(address()))) {
            assertThatThrownBy(() -> client.option(StandardSocketOptions.TCP_NODELAY, true))
                    .isInstanceOf(UnsupportedOperationException.class);
            assertThatThrownBy(() -> client.option(StandardSocketOptions.TCP_NODELAY))
                    .isInstanceOf(UnsupportedOperationException.class);
            assertThat(client.option(StandardSocketOptions.SO_RCVBUF)).isPositive();
            assertThat(server.connections()).isZero();
        }
        return Coroutine.done();
    }

    @Test
    void aServerThatIsClosedAfterItsLoopDeletesItsPathToo() {
        Server server = Weft.run(() -> Coroutine.of(Server.bind(address())));
        server.close();
        assertThat(address().getPath()).doesNotExist();
    }
}
