package dev.weft.net;

import static dev.weft.Weft.await;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.sleep;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Task;
import dev.weft.Weft;
import dev.weft.junit.WeftTest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** File descriptors: none is leaked, and a server survives without any. */
class DescriptorsTest {
    @Test
    void withoutFreeDescriptorsAServerWarnsOnceAndTriesAgain() throws Exception {
        List<String> output = ChildJvm.run(64, DescriptorsProgram.class);

        assertThat(output.stream().filter(line -> line.matches("WARNING: .*|.*: (true|false)")))
                .containsExactly(
                        "WARNING: loaded",
                        "waits: false",
                        "others are served: true",
                        "answered: true",
                        "WARNING: cannot accept, trying every 100 ms",
                        "waits: true",
                        "others are served: true",
                        "answered: true");
    }

    @Test
    @WeftTest(virtualTime = false, debug = false, timeout = 60)
    @Async
    Coroutine<Void> tenThousandConnectionsLeaveNoDescriptor() throws IOException {
        try (Server server = Server.bind(Nets.ANY)) {
            Task<Void> serving = Task.create(() -> server.serve(stream -> Nets.echo(stream)));
            await(connections(server, 10));
            await(sleep(ofMillis(1)));
            long before = Nets.descriptors();
            List<Coroutine<Void>> clients = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                clients.add(connections(server, 500));
            }
            await(gather(clients));
            while (server.connections() > 0) {
                await(sleep(ofMillis(1)));
            }
            await(sleep(ofMillis(2)));
            assertThat(Nets.descriptors()).isLessThanOrEqualTo(before);
            Nets.close(server);
            await(serving);
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> connections(Server server, int times) throws IOException {
        for (int i = 0; i < times; i++) {
            try (ByteStream stream = await(ByteStream.connect(server.address()))) {
                await(stream.write("x"));
                await(stream.readExactly(1));
                if (i % 2 == 0) {
                    stream.abort(); // otherwise ten thousand ports wait for their time to be over
                }
            }
        }
        return Coroutine.done();
    }

    @Test
    void aLoopThatEndsClosesWhatWasLeftOpen() throws IOException {
        Weft.run(() -> leavesOpen(0));
        long before = Nets.descriptors();
        for (int i = 0; i < 10; i++) {
            Weft.run(() -> leavesOpen(10));
        }
        assertThat(Nets.descriptors()).isEqualTo(before);
    }

    @Async
    private static Coroutine<Void> leavesOpen(int connections) throws IOException {
        Server server = Server.bind(Nets.ANY);
        Task.create(() -> server.serve(stream -> Nets.echo(stream)));
        for (int i = 0; i < connections; i++) {
            ByteStream stream = await(ByteStream.connect(server.address()));
            await(stream.write("x"));
            await(stream.read(1));
        }
        assertThat(EventLoop.current()).isNotNull();
        return Coroutine.done();
    }
}
