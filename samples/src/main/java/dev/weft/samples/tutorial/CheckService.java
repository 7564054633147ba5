package dev.weft.samples.tutorial;

import static dev.weft.Weft.await;
import static dev.weft.Weft.blocking;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.LoopThread;
import dev.weft.Task;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** A service that checks links: {@code GET /check?https://weft.dev,https://openjdk.org}. */
public final class CheckService implements AutoCloseable {
    private final LoopThread loop = LoopThread.start("checker");
    private final LinkChecker checker;
    private final HttpServer server;

    CheckService(Web web, int port) throws IOException {
        checker = new LinkChecker(web);
        server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/check", this::handle);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** Called by a thread of the server, which does not wait for the answer. */
    private void handle(HttpExchange exchange) {
        loop.loop().execute(() -> Task.create(() -> answer(exchange)));
    }

    @Async
    private Coroutine<Void> answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            List<String> urls = List.of(exchange.getRequestURI().getQuery().split(","));
            Map<String, String> verdicts = await(checker.checkAll(urls, 10));
            await(blocking(() -> send(exchange, verdicts + "\n")));
        }
        return Coroutine.done();
    }

    private static void send(HttpExchange exchange, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
    }

    /** Refuses further requests, and cancels those that are being answered. */
    @Override
    public void close() {
        server.stop(0);
        loop.close();
    }

    public static void main(String[] args) throws IOException {
        CheckService service = new CheckService(new HttpWeb(), 8080);
        Runtime.getRuntime().addShutdownHook(new Thread(service::close));
        System.out.println("http://localhost:" + service.port() + "/check?https://weft.dev");
    }
}
