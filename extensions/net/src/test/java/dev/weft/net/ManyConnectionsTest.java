package dev.weft.net;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.junit.WeftTest;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Many connections at once, and a peer that reads slowly. */
@WeftTest(virtualTime = false, debug = false, timeout = 60)
class ManyConnectionsTest {
    @Test
    @Async
    Coroutine<Void> fiveThousandIdleConnectionsCostNoProcessorTimeAndEndTogether()
            throws IOException {
        CountingNetwork network = CountingNetwork.install();
        Server server = Server.bind(Nets.ANY);
        Task<Void> serving = Task.create(() -> server.serve(stream -> Nets.echo(stream)));
        List<ByteStream> clients = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            clients.add(await(ByteStream.connect(server.address())));
        }
        while (server.connections() < clients.size()) {
            await(sleep(ofMillis(1)));
        }
        network.polls();
        await(sleep(ofMillis(100)));
        assertThat(network.polls()).isLessThan(20);
        for (int i = 0; i < clients.size(); i += 500) {
            await(clients.get(i).write("x"));
            await(clients.get(i).readExactly(1));
        }
        server.close();
        await(serving);
        assertThat(server.connections()).isZero();
        for (ByteStream client : clients) {
            assertThat(await(client.read(1))).isNull();
            client.close();
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aWriterWaitsForASlowReaderAndHoldsNoBytes() throws IOException {
        byte[] piece = new byte[1_000_000];
        try (Nets.Tcp tcp = await(Nets.Tcp.open())) {
            int[] written = new int[1];
            Task<Void> writing = Task.create(() -> writesForEver(tcp.client(), piece, written));
            await(sleep(ofMillis(50)));
            long before = directMemory();
            for (int i = 0; i < 20; i++) {
                int ahead = written[0] - i;
                assertThat(ahead).as("what the system holds").isLessThan(20);
                assertThat(await(tcp.served().readExactly(piece.length))).hasSize(piece.length);
            }
            assertThat(directMemory() - before).isLessThan(5_000_000);
            assertThat(writing.done()).isFalse();
            writing.cancel();
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> writesForEver(ByteStream stream, byte[] piece, int[] written)
            throws IOException {
        while (true) {
            await(stream.write(piece));
            written[0]++;
        }
    }

    private static long directMemory() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }
}
