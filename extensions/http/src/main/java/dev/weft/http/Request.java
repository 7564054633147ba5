package dev.weft.http;

import static dev.weft.Weft.await;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.net.LimitExceededException;
import dev.weft.stream.AsyncStream;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request to an {@link HttpServer}. It is valid until its handler ends.
 *
 * <p>The body comes as the handler reads it. While nobody reads, the server takes no more than a
 * small part of the body from the client.
 */
public final class Request {
    private final Exchange exchange;
    private final HttpRequest head;
    private final String path;
    private final Routes.Match match;
    private @Nullable Headers headers;
    private @Nullable Map<String, List<String>> query;

    Request(Exchange exchange, HttpRequest head, String path, Routes.Match match) {
        this.exchange = exchange;
        this.head = head;
        this.path = path;
        this.match = match;
    }

    /** Returns the method, for example {@code GET}. */
    public String method() {
        return head.method().name();
    }

    /** Returns the path as the client has sent it, without the query. */
    public String path() {
        return path;
    }

    /**
     * Returns the decoded part of the path that stands for {@code name} in the pattern of the
     * route.
     *
     * @throws IllegalArgumentException if the pattern has no such name
     */
    public String pathParameter(String name) {
        return match.parameter(name);
    }

    /**
     * Returns the decoded value of the first parameter of the query with this name; null if there
     * is none.
     */
    public @Nullable String query(String name) {
        Map<String, List<String>> all = query;
        if (all == null) {
            all = new QueryStringDecoder(head.uri()).parameters();
            query = all;
        }
        List<String> values = all.get(name);
        return values == null ? null : values.get(0);
    }

    /** Returns the header fields. */
    public Headers headers() {
        Headers all = headers;
        if (all == null) {
            all = new Headers(head.headers());
            headers = all;
        }
        return all;
    }

    /** Returns the address of the client. */
    public SocketAddress remote() {
        return exchange.remote();
    }

    /** Returns the major version of HTTP: 1 or 2. */
    public int version() {
        return exchange.isHttp2() ? 2 : 1;
    }

    /**
     * Returns the body as it comes. The body can be read once. A client that waits for {@code 100
     * Continue} gets it when the first element is asked for.
     *
     * <p>The stream fails with {@link LimitExceededException} above {@link HttpServer#maxBody}, and
     * with an {@link IOException} if the body is malformed or the client is too slow. A handler
     * that lets them pass is answered with the status that fits.
     */
    public AsyncStream<ByteBuffer> body() {
        return exchange.body().stream();
    }

    /**
     * Reads the whole body.
     *
     * @throws LimitExceededException if the body has more than {@code limit} bytes
     */
    public Coroutine<byte[]> bytes(int limit) throws IOException {
        if (limit < 0) {
            throw new IllegalArgumentException("limit < 0: " + limit);
        }
        return exchange.body().readAll(limit);
    }

    /**
     * Reads the whole body as a text in UTF-8.
     *
     * @throws LimitExceededException if the body has more than {@code limit} bytes
     */
    @Async
    public Coroutine<String> text(int limit) throws IOException {
        return Coroutine.of(new String(await(bytes(limit)), UTF_8));
    }

    /**
     * Turns the connection into one of WebSocket. The answer of the handler is then ignored, and
     * may be null. The end of the handler closes the WebSocket with code 1000, and a failure with
     * 1011.
     *
     * @throws IOException if the request does not ask for a WebSocket: a handler that lets it pass
     *     is answered with the status that fits
     */
    @Async
    public Coroutine<WebSocket> webSocket() throws IOException {
        return Coroutine.of(WebSocketUpgrade.of(exchange));
    }

    HttpRequest head() {
        return head;
    }

    @Override
    public String toString() {
        return method() + " " + path;
    }
}
