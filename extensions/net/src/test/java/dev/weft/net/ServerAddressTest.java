package dev.weft.net;

import static dev.weft.Weft.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.junit.WeftTest;
import java.io.IOException;
import java.net.BindException;
import java.net.SocketAddress;
import org.junit.jupiter.api.Test;

/** The address of a server: its backlog, and its end. */
@WeftTest
class ServerAddressTest {
    @Test
    @Async
    Coroutine<Void> theBacklogCanBeSetAndKeepsTheAddress() throws IOException {
        try (Server server = Server.bind(Nets.ANY)) {
            SocketAddress address = server.address();
            assertThat(server.backlog(1)).isSameAs(server);
            assertThat(server.address()).isEqualTo(address);
            try (ByteStream client = await(ByteStream.connect(address));
                    ByteStream accepted = await(server.accept())) {
                assertThat(accepted.remote()).isEqualTo(client.local());
            }
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> anAddressIsFreeAsSoonAsItsServerIsClosed() throws IOException {
        Server first = Server.bind(Nets.ANY);
        SocketAddress address = first.address();
        assertThatThrownBy(() -> Server.bind(address))
                .isInstanceOf(BindException.class)
                .hasMessageContaining(address.toString());
        first.close();
        Server.bind(address).close();
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aConnectionIsRefusedAsSoonAsTheServerIsClosed() throws IOException {
        Server server = Server.bind(Nets.ANY);
        server.close();
        assertThatThrownBy(() -> Nets.plain(server.address()).close())
                .hasMessageContaining("refused");
        return Coroutine.done();
    }
}
