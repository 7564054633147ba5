package dev.weft.net;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.timeoutOr;
import static java.time.Duration.ZERO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.junit.WeftTest;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Accepting without serving. */
@WeftTest
class AcceptTest {
    @Test
    @Async
    Coroutine<Void> serveBesideAnAcceptIsRefusedAndTheAcceptGoesOn() throws IOException {
        try (Server server = Server.bind(Nets.ANY)) {
            Task<ByteStream> accepting = Task.create("acceptor", server::accept);
            await(sleep(ZERO));
            assertThat(await(Nets.failure(() -> server.serve(stream -> Nets.echo(stream)))))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("acceptor");
            assertThat(await(Nets.failure(server::accept)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("acceptor");
            try (ByteStream client = await(ByteStream.connect(server.address()))) {
                await(accepting).close();
                assertThat(await(client.read(1))).isNull();
            }
        }
        return Coroutine.done();
    }

    @Test
    @WeftTest(virtualTime = false, debug = false)
    @Async
    Coroutine<Void> acceptsThatAreCancelledAtAnyMomentLoseNoConnection() throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        List<ByteStream> accepted = new ArrayList<>();
        List<Socket> peers = new ArrayList<>();
        try (Server server = Server.bind(Nets.ANY)) {
            for (int i = 0; i < 300; i++) {
                Duration limit = Duration.ofNanos(random.nextInt(1_500_000));
                Task<ByteStream> accepting =
                        Task.create(() -> timeoutOr(limit, server.accept(), null));
                for (int turns = random.nextInt(8); turns > 0; turns--) {
                    await(sleep(ZERO));
                }
                peers.add(Nets.plain(server.address()));
                ByteStream stream = await(accepting);
                if (stream != null) {
                    accepted.add(stream);
                }
            }
            while (accepted.size() < peers.size()) {
                accepted.add(await(server.accept()));
            }
            assertThat(accepted.stream().map(stream -> Nets.port(stream.remote())))
                    .containsExactlyElementsOf(peers.stream().map(Socket::getLocalPort).toList());
            assertThat(await(timeoutOr(Duration.ofMillis(5), server.accept(), null))).isNull();
        }
        for (int i = 0; i < peers.size(); i++) {
            accepted.get(i).close();
            peers.get(i).close();
        }
        return Coroutine.done();
    }
}
