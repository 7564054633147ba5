package dev.weft.http;

import static dev.weft.Weft.await;
import static dev.weft.Weft.blocking;
import static dev.weft.http.Clients.port;
import static dev.weft.http.Clients.server;
import static dev.weft.http.Clients.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.junit.WeftTest;
import dev.weft.stream.AsyncStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The WebSocket client of the package ws, where Node.js is installed and npm can load the package.
 */
@WeftTest(virtualTime = false, timeout = 30)
class NodeTest {
    private static final Path FOLDER = Path.of("target", "ws").toAbsolutePath();
    private static final Path PACKAGE = FOLDER.resolve(Path.of("node_modules", "ws"));

    @BeforeAll
    static void install() throws IOException, InterruptedException {
        CommandsTest.need("node");
        CommandsTest.need("npm");
        if (!Files.isDirectory(PACKAGE)) {
            Files.createDirectories(FOLDER);
            String output =
                    CommandsTest.run(
                            List.of(
                                    "npm",
                                    "install",
                                    "--no-save",
                                    "--no-audit",
                                    "--no-fund",
                                    "--fetch-retries=0",
                                    "--fetch-timeout=20000",
                                    "--prefix",
                                    FOLDER.toString(),
                                    "ws@8.18.0"));
            if (!output.endsWith("status 0")) {
                System.err.println("NOT TESTED: npm cannot install ws: " + output);
            }
        }
        Assumptions.assumeTrue(Files.isDirectory(PACKAGE), "npm cannot install ws");
    }

    @Test
    @Async
    Coroutine<Void> theClientOfNodeUnderstandsTheServer() throws Exception {
        HttpServer server =
                server().route("GET", "/echo", r -> echo(r))
                        .route("GET", "/closing", r -> close(r));
        Path script = Path.of(NodeTest.class.getResource("client.js").toURI());
        String output =
                await(
                        with(
                                server,
                                s -> {
                                    List<String> command =
                                            List.of(
                                                    "node",
                                                    script.toString(),
                                                    PACKAGE.toString(),
                                                    String.valueOf(port(s)));
                                    return Coroutine.of(
                                            await(blocking(() -> CommandsTest.run(command))));
                                }));
        assertThat(output.lines())
                .containsExactly(
                        "bytes true, pong between, text , text abc, text h%C3%B6re, closed 4001 ",
                        "closed 4002 done", "Unexpected server response: 404", "status 0");
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Response> echo(Request request) throws IOException {
        WebSocket socket = await(request.webSocket());
        AsyncStream<Message> messages = socket.messages();
        while (await(messages.hasNext())) {
            Message message = messages.next();
            if (message instanceof Message.Text text) {
                await(socket.send(text.text()));
            } else if (message instanceof Message.Binary binary) {
                await(socket.send(binary.bytes()));
            }
        }
        return Coroutine.of(null);
    }

    @Async
    private static Coroutine<Response> close(Request request) throws IOException {
        WebSocket socket = await(request.webSocket());
        await(socket.close(4_002, "done"));
        return Coroutine.of(null);
    }
}
