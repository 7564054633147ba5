package dev.weft.http;

import static dev.weft.Weft.await;
import static dev.weft.Weft.blocking;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.weft.Async;
import dev.weft.AsyncFunction;
import dev.weft.Coroutine;
import dev.weft.Task;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;

/** Servers and clients of the tests. */
final class Clients {
    static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private static final int PATIENCE_MILLIS = 10_000;

    private Clients() {}

    static HttpServer server() throws IOException {
        return HttpServer.bind(ANY);
    }

    static int port(HttpServer server) {
        return ((InetSocketAddress) server.address()).getPort();
    }

    static HttpRequest.Builder request(HttpServer server, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port(server) + path));
    }

    static HttpClient client() {
        return HttpClient.newHttpClient(); // offers an upgrade to HTTP/2, which the server ignores
    }

    /** Runs {@code client} while the server serves, and then closes the server. */
    @Async
    static <T> Coroutine<T> with(HttpServer server, AsyncFunction<HttpServer, T> client)
            throws Exception {
        Task<Void> serving = Task.create(() -> server.serve());
        try {
            return Coroutine.of(await(client.apply(server)));
        } finally {
            server.close();
            await(serving);
        }
    }

    /** A connection of a thread of its own. */
    interface Talk<T> {
        T with(Socket socket) throws Exception;
    }

    /** Connects, and talks on another thread. */
    @Async
    static <T> Coroutine<T> talk(HttpServer server, Talk<T> talk) {
        int port = port(server);
        return Coroutine.of(await(blocking(() -> connected(port, talk))));
    }

    private static <T> T connected(int port, Talk<T> talk) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            return talk.with(socket);
        }
    }

    /** Sends a text and returns all that comes up to the end of the connection. */
    static Coroutine<String> send(HttpServer server, String text) {
        return talk(
                server,
                socket -> {
                    write(socket, text);
                    return readAll(socket);
                });
    }

    /** Sends a request with a first line and fields, and returns the answer. */
    static Coroutine<String> ask(HttpServer server, String line, String... fields) {
        StringBuilder head = new StringBuilder(line).append("\r\nHost: x\r\n");
        for (String field : fields) {
            head.append(field).append("\r\n");
        }
        return send(server, head.append("Connection: close\r\n\r\n").toString());
    }

    static URI secureUri(HttpServer server, String path) {
        return URI.create("https://127.0.0.1:" + port(server) + path);
    }

    static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    }

    static String readAll(Socket socket) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] buffer = new byte[8_192];
        InputStream input = socket.getInputStream();
        try {
            for (int count = input.read(buffer); count >= 0; count = input.read(buffer)) {
                all.write(buffer, 0, count);
            }
        } catch (SocketException reset) {
            all.writeBytes("<reset>".getBytes(ISO_8859_1));
        }
        return all.toString(ISO_8859_1);
    }

    /** Reads up to and with {@code end}. */
    static String readUntil(Socket socket, String end) throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.indexOf(end) < 0) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                throw new IOException("end of input after: " + text);
            }
            text.append((char) next);
        }
        return text.toString();
    }
}
