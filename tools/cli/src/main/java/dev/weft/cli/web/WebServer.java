package dev.weft.cli.web;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.weft.cli.CommandException;
import dev.weft.cli.text.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The server of the page. Listens on the loopback address, and changes nothing in the program. */
public final class WebServer implements AutoCloseable {
    private static final byte[] IPV4 = {127, 0, 0, 1};
    private static final byte[] IPV6 = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
    private static final int THREADS = 32;
    private static final int CONNECTIONS = 64;

    /** A request gets an answer within this time, with or without news. */
    private static final long PATIENCE_MILLIS = 2_500;

    private static final int FAREWELL_SECONDS = 2;

    private final HttpServer server;
    private final ExecutorService threads;
    private final Gate gate;
    private final Page page;
    private final Pictures pictures;

    private WebServer(HttpServer server, Page page, Pictures pictures) {
        this.server = server;
        this.page = page;
        this.pictures = pictures;
        this.gate = new Gate(server.getAddress().getPort());
        this.threads =
                Executors.newFixedThreadPool(
                        THREADS,
                        work -> {
                            Thread thread = new Thread(work, "weft-web");
                            thread.setDaemon(true);
                            return thread;
                        });
    }

    /**
     * The options of a server.
     *
     * @param port 0 for a free one
     * @param title the name of the program for people
     */
    public record Options(int port, long periodMillis, String title) {}

    /**
     * Starts to serve a program.
     *
     * @throws CommandException if the port is in use
     */
    public static WebServer start(Watched program, Options options) {
        limit("sun.net.httpserver.maxReqTime", 10);
        limit("sun.net.httpserver.maxRspTime", 30);
        limit("jdk.httpserver.maxConnections", CONNECTIONS);
        System.setProperty("sun.net.httpserver.nodelay", "true");
        HttpServer server = listen(options.port());
        Pictures pictures = Pictures.start(program, options.periodMillis());
        WebServer started = new WebServer(server, Page.of(options.title()), pictures);
        server.setExecutor(started.threads);
        server.createContext("/", started::answer);
        server.start();
        return started;
    }

    /** Limits what the JDK does not limit by default, before its server is loaded. */
    private static void limit(String property, int value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, Integer.toString(value));
        }
    }

    private static HttpServer listen(int port) {
        try {
            InetAddress address = InetAddress.getByAddress(IPV4);
            if (NetworkInterface.getByInetAddress(address) == null) {
                address = InetAddress.getByAddress(IPV6);
            }
            return HttpServer.create(new InetSocketAddress(address, port), 0);
        } catch (IOException refused) {
            throw CommandException.failed(
                    "cannot listen on port "
                            + port
                            + " of the loopback address ("
                            + Reason.of(refused)
                            + "): choose another --port, or leave the option out");
        }
    }

    /** Returns the address of the page, with the token. Browsers do not send what follows the #. */
    public String url() {
        InetSocketAddress address = server.getAddress();
        String host = address.getAddress().getAddress().length == 4 ? "127.0.0.1" : "[::1]";
        return "http://" + host + ":" + address.getPort() + "/#" + gate.token();
    }

    private void answer(HttpExchange request) throws IOException {
        try (request) {
            int refusal = gate.refusal(request);
            if (refusal != 0) {
                refuse(request, refusal);
                return;
            }
            switch (String.valueOf(request.getRequestURI().getRawPath())) {
                case "/" -> send(request, "text/html", page.html());
                case "/data" -> data(request);
                default -> refuse(request, 404);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void data(HttpExchange request) throws IOException, InterruptedException {
        if (!gate.hasToken(request)) {
            refuse(request, 403);
            return;
        }
        String picture = pictures.after(known(request), PATIENCE_MILLIS);
        send(request, "application/json", picture);
    }

    /** Returns the number of the picture that the viewer has; 0 if there is none. */
    private static long known(HttpExchange request) {
        String query = String.valueOf(request.getRequestURI().getRawQuery());
        return query.matches("after=\\d{1,18}") ? Long.parseLong(query.substring(6)) : 0;
    }

    private void refuse(HttpExchange request, int status) throws IOException {
        headers(request);
        if (status == 405) {
            request.getResponseHeaders().set("Allow", "GET");
        }
        request.sendResponseHeaders(status, -1);
    }

    private void send(HttpExchange request, String type, String text) throws IOException {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        headers(request);
        request.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
        request.sendResponseHeaders(200, content.length);
        request.getResponseBody().write(content);
    }

    private void headers(HttpExchange request) {
        Headers headers = request.getResponseHeaders();
        headers.set("Content-Security-Policy", page.policy());
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Cache-Control", "no-store");
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
    }

    /** Tells all viewers that the program has ended, and waits until they have had time to ask. */
    public void end(String message) throws InterruptedException {
        pictures.end(message);
        Thread.sleep(FAREWELL_SECONDS * 1_000L);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
