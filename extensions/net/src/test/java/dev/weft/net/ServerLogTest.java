package dev.weft.net;

import static dev.weft.Weft.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.Weft;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log of handlers that end their connections by an {@code IOException}. */
class ServerLogTest {
    private final Logger logger = Logger.getLogger("dev.weft");
    private final List<LogRecord> records = new ArrayList<>();
    private final Handler handler =
            new Handler() {
                @Override
                public void publish(LogRecord record) {
                    records.add(record);
                }

                @Override
                public void flush() {}

                @Override
                public void close() {}
            };

    @BeforeEach
    void capture() {
        logger.setUseParentHandlers(false);
        logger.setLevel(Level.ALL);
        handler.setLevel(Level.ALL);
        logger.addHandler(handler);
    }

    @AfterEach
    void release() {
        logger.removeHandler(handler);
        logger.setLevel(null);
        logger.setUseParentHandlers(true);
    }

    @Test
    void debugModeLogsTheAddressAndTheTask() {
        String client = serveOnce(true, Nets.ANY).client();

        assertThat(records).hasSize(1);
        assertThat(records.get(0).getLevel()).isEqualTo(Level.WARNING);
        assertThat(records.get(0).getLoggerName()).isEqualTo("dev.weft");
        assertThat(records.get(0).getMessage())
                .isEqualTo(
                        "the handler of %s has ended the connection with %s: %s",
                        client, client, "java.io.IOException: unreadable");
        assertThat(records.get(0).getThrown()).hasMessage("unreadable");
    }

    @Test
    void debugModeLogsThePathOfAUnixSocket(@TempDir Path folder) {
        SocketAddress path = UnixDomainSocketAddress.of(folder.resolve("socket"));
        serveOnce(true, path);

        assertThat(records).hasSize(1);
        assertThat(records.get(0).getMessage())
                .startsWith("the handler of connection to " + path + " has ended the connection")
                .contains("with " + path);
    }

    @Test
    void withoutDebugModeNothingIsLogged() {
        assertThat(serveOnce(false, Nets.ANY).reports()).isEmpty();
        assertThat(records).isEmpty();
    }

    @Test
    void anIoExceptionIsNeverReported() {
        assertThat(serveOnce(true, Nets.ANY).reports()).isEmpty();
    }

    private record Served(String client, List<String> reports) {}

    /** Serves a client with a handler that fails. */
    private static Served serveOnce(boolean isDebug, SocketAddress address) {
        List<String> reports = new ArrayList<>();
        String client =
                Weft.runner()
                        .debug(isDebug)
                        .exceptionHandler(unhandled -> reports.add(unhandled.message()))
                        .run(() -> meetFailure(address));
        return new Served(client, reports);
    }

    @Async
    private static Coroutine<String> meetFailure(SocketAddress address) throws IOException {
        try (Server server = Server.bind(address)) {
            Task<Void> serving =
                    Task.create(
                            () ->
                                    server.<Void>serve(
                                            stream -> {
                                                throw new IOException("unreadable");
                                            }));
            String client;
            try (ByteStream stream = await(ByteStream.connect(server.address()))) {
                assertThat(await(stream.read(1))).isNull();
                client = String.valueOf(stream.local());
            }
            Nets.close(server);
            await(serving);
            return Coroutine.of(client);
        }
    }
}
