package dev.weft.samples.net;

import static dev.weft.Weft.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.Weft;
import dev.weft.net.ByteStream;
import dev.weft.net.Server;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Starts the programs of this package and talks to these programs as a client. */
class NetSamplesTest {
    private static final InetSocketAddress ANY =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    @Test
    void theChatPassesLinesOn() {
        Weft.run(() -> chat());
    }

    @Async
    private static Coroutine<Void> chat() throws IOException {
        try (Server server = Server.bind(ANY)) {
            Task<Void> serving = Task.create(() -> new Chat().serve(server));
            try (ByteStream ada = await(joined(server, "Ada"));
                    ByteStream bob = await(joined(server, "Bob"))) {
                assertThat(await(ada.readLine())).isEqualTo("* Bob is here");
                await(ada.write("Hello!\r\n"));
                assertThat(await(bob.readLine())).isEqualTo("Ada: Hello!");
                await(ada.closeOutput());
                assertThat(await(bob.readLine())).isEqualTo("* Ada has gone");
            }
            await(server.shutdown(Duration.ofSeconds(1)));
            await(serving);
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<ByteStream> joined(Server server, String name) throws IOException {
        ByteStream stream = await(ByteStream.connect(server.address()));
        assertThat(await(stream.readLine())).isEqualTo("Your name?");
        await(stream.write(name + "\n"));
        return Coroutine.of(stream);
    }

    @Test
    void theProxyPassesBytesOnInBothDirections() {
        Weft.run(() -> proxy());
    }

    @Async
    private static Coroutine<Void> proxy() throws IOException {
        try (Server host = Server.bind(ANY);
                Server proxy = Server.bind(ANY)) {
            Task.create(() -> host.serve(stream -> reversed(stream)));
            Task.create(() -> Proxy.serve(proxy, host.address()));
            try (ByteStream client = await(ByteStream.connect(proxy.address()))) {
                await(client.write("stressed"));
                await(client.closeOutput());
                byte[] answer = await(client.readAll(100));
                assertThat(answer).isEqualTo("desserts".getBytes(StandardCharsets.UTF_8));
            }
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> reversed(ByteStream stream) throws IOException {
        String text = new String(await(stream.readAll(100)), StandardCharsets.UTF_8);
        return stream.write(new StringBuilder(text).reverse());
    }

    @Test
    void theCrawlerFindsAllPagesOfTheHost() throws IOException {
        Map<String, String> pages =
                Map.of(
                        "/", "<a href=\"/a\"> <a href=\"/b\"> <a href=\"http://example.org/\">",
                        "/a", "<a href=\"/b\"> <a href=\"/c\">",
                        "/b", "<a href=\"/\">",
                        "/c", "the end");
        HttpServer host = HttpServer.create(ANY, 0);
        host.createContext(
                "/",
                exchange -> {
                    byte[] page =
                            pages.get(exchange.getRequestURI().getPath())
                                    .getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(200, page.length);
                    exchange.getResponseBody().write(page);
                    exchange.close();
                });
        host.start();
        try {
            URI start = URI.create("http://localhost:" + host.getAddress().getPort() + "/");
            assertThat(Weft.run(new Crawler().crawl(start)))
                    .extracting(URI::getPath)
                    .containsExactlyInAnyOrder("/", "/a", "/b", "/c");
        } finally {
            host.stop(0);
        }
    }
}
