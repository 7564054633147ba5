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
}
