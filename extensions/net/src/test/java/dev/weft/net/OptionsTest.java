package dev.weft.net;

import static dev.weft.Weft.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.junit.WeftTest;
import java.io.IOException;
import java.net.StandardSocketOptions;
import org.junit.jupiter.api.Test;

/** Options and addresses. */
@WeftTest
class OptionsTest {
    @Test
    @Async
    Coroutine<Void> noDelayIsOnAndKeepAliveIsOffOnBothSides() throws IOException {
        try (Nets.Tcp tcp = await(Nets.Tcp.open())) {
            for (ByteStream end : new ByteStream[] {tcp.client(), tcp.served()}) {
                assertThat(end.option(StandardSocketOptions.TCP_NODELAY)).isTrue();
                assertThat(end.option(StandardSocketOptions.SO_KEEPALIVE)).isFalse();
            }
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> anOptionCanBeSetAndReadAndReturnsTheStream() throws IOException {
        try (Nets.Tcp tcp = await(Nets.Tcp.open())) {
            ByteStream client = tcp.client();
            assertThat(client.option(StandardSocketOptions.SO_KEEPALIVE, true)).isSameAs(client);
            assertThat(client.option(StandardSocketOptions.SO_KEEPALIVE)).isTrue();
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> anUnsupportedOptionSaysSo() throws IOException {
        ByteStream left = ByteStream.pair(1).left();
        assertThatThrownBy(() -> left.option(StandardSocketOptions.TCP_NODELAY, true))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("this stream has no option TCP_NODELAY");
        assertThatThrownBy(() -> left.option(StandardSocketOptions.TCP_NODELAY))
                .isInstanceOf(UnsupportedOperationException.class);
        try (Nets.Tcp tcp = await(Nets.Tcp.open())) {
            assertThatThrownBy(() -> tcp.client().option(StandardSocketOptions.IP_MULTICAST_TTL))
                    .isInstanceOf(UnsupportedOperationException.class);
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> theAddressesOfBothSidesMatchAndStayAfterTheClose() throws IOException {
        try (Nets.Tcp tcp = await(Nets.Tcp.open())) {
            Nets.close(tcp);
            assertThat(tcp.client().local()).isEqualTo(tcp.served().remote()).isNotNull();
            assertThat(tcp.client().remote()).isEqualTo(tcp.served().local()).isNotNull();
        }
        ByteStream left = ByteStream.pair(1).left();
        assertThat(left.local()).isNull();
        assertThat(left.remote()).isNull();
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> anOptionOfAClosedStreamSaysWhoClosedIt() throws IOException {
        try (Nets.Tcp tcp = await(Nets.Tcp.open())) {
            Nets.close(tcp);
            assertThatThrownBy(() -> tcp.client().option(StandardSocketOptions.TCP_NODELAY, true))
                    .isInstanceOf(StreamClosedException.class)
                    .hasMessageStartingWith("closed by task ");
            assertThatThrownBy(() -> tcp.client().option(StandardSocketOptions.TCP_NODELAY))
                    .isInstanceOf(StreamClosedException.class);
        }
        return Coroutine.done();
    }
}
