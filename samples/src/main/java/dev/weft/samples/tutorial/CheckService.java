package dev.weft.samples.tutorial;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.weft.LoopThread;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A service that checks links: {@code GET /check?https://weft.dev,https://openjdk.org}. */
public final class CheckService implements AutoCloseable {
    private final LoopThread loop = LoopThread.start("checker");
    private final LinkChecker checker;
    private final HttpServer server;

    CheckService(Web web, int port) throws IOException {
        checker = new LinkChecker(web);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/check", this::handle);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** Called by a thread of the server, which does not wait for the answer. */
    private void handle(HttpExchange exchange) {
        List<String> urls = List.of(exchange.getRequestURI().getQuery().split(","));
        loop.submit(() -> checker.checkAll(urls, 10))
                .whenCompleteAsync((verdicts, failure) -> send(exchange, verdicts, failure));
    }

    private static void send(
            HttpExchange exchange,
            @Nullable Map<String, String> verdicts,
            @Nullable Throwable failure) {
        byte[] body = (verdicts + "\n").getBytes(StandardCharsets.UTF_8);
        try (exchange;
                OutputStream response = exchange.getResponseBody()) {
            exchange.sendResponseHeaders(failure == null ? 200 : 500, body.length);
            response.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
