package dev.weft.net;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static java.time.Duration.ZERO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.junit.WeftTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

/** A task that waits for the network says for what. */
@WeftTest
class WaitsTest {
    private static final InetSocketAddress LOOPBACK =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    @Test
    @Async
    Coroutine<Void> aReadNamesTheOtherSide() throws IOException {
        try (Server server = Server.bind(LOOPBACK)) {
            Task<?> accepting = Task.create(() -> server.accept());
            await(sleep(ZERO));
            InetSocketAddress address = (InetSocketAddress) server.address();
            String place = "127.0.0.1:" + address.getPort();
            assertThat(accepting.waitsFor()).hasToString("connections at " + place + ", 0 s");
            try (ByteStream client = await(ByteStream.connect(address))) {
                Task<?> reading = Task.create(() -> client.readLine());
                await(sleep(ZERO));
                assertThat(reading.waitsFor()).hasToString("read of " + place + ", 0 s");
                reading.cancel();
            }
            ((ByteStream) await(accepting)).close();
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aWriteNamesAStreamInMemory() throws IOException {
        ByteStream.Pair pair = ByteStream.pair(16);
        try (ByteStream left = pair.left();
                ByteStream right = pair.right()) {
            Task<?> writing = Task.create(() -> left.write(new byte[17]));
            await(sleep(ZERO));
            assertThat(writing.waitsFor()).hasToString("write to memory, 0 s");
            await(right.readExactly(17));
            await(writing);
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aDatagramIsAwaitedAtTheOwnAddress() throws IOException {
        try (UdpSocket socket = UdpSocket.bind(LOOPBACK)) {
            Task<?> receiving = Task.create(() -> socket.receive());
            await(sleep(ZERO));
            assertThat(receiving.waitsFor()).asString().startsWith("receive at 127.0.0.1:");
            receiving.cancel();
        }
        return Coroutine.done();
    }
}
