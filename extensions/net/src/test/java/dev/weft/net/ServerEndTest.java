package dev.weft.net;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.junit.WeftTest;
import java.io.IOException;
import java.net.Socket;
import org.junit.jupiter.api.Test;

/** The ends of a server: cancel, close and shutdown. */
@WeftTest
class ServerEndTest {
    @Test
    @Async
    Coroutine<Void> aConnectionWhoseHandlerNeverBeganIsClosedToo() throws IOException {
        Server server = Server.bind(Nets.ANY);
        Task<Void> serving = Task.create(() -> server.serve(stream -> Nets.echo(stream)));
        await(sleep(ZERO));
        try (Socket peer = Nets.plain(server.address())) {
            while (server.connections() == 0) {
                await(sleep(ZERO)); // the server accepts, and the handler's first step is queued
                if (server.connections() == 1) {
                    server.close();
                }
            }
            await(serving);
            await(sleep(ofMillis(1))); // a poll releases what was closed
            peer.setSoTimeout(2_000);
            assertThat(peer.getInputStream().read()).isEqualTo(-1);
            assertThat(server.connections()).isZero();
        }
        return Coroutine.done();
    }
}
