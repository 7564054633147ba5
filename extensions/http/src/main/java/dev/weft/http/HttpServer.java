package dev.weft.http;

import static dev.weft.Weft.await;

import dev.weft.Async;
import dev.weft.AsyncFunction;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.TaskGroup;
import dev.weft.Weft;
import dev.weft.netty.NettyLoop;
import dev.weft.sync.AsyncEvent;
import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A server for HTTP/1.1, HTTP/2 and WebSocket, whose handlers are coroutines.
 *
 * <pre>{@code
 * try (HttpServer server = HttpServer.bind(new InetSocketAddress(8080))) {
 *     await(server.route("GET", "/users/{id}", request -> user(request.pathParameter("id")))
 *             .route("POST", "/upload", request -> store(request.body()))
 *             .serve()); // until it is cancelled or closed
 * }
 * }</pre>
 *
 * <p>Each request is handled by a task of its own, with a name such as {@code GET /users/7}, in the
 * group of its connection. The handler is cancelled if the client goes away. With HTTP/1.1 the
 * requests of a connection are handled one after the other. A handler that fails is answered with
 * status 500, and its failure goes to the exception handler of the loop.
 *
 * <p>The server belongs to the loop that made it, which waits in a {@link NettyLoop}. Settings and
 * routes are made before {@link #serve}.
 */
public final class HttpServer implements AutoCloseable {
    /** About the longest time that a timer can be set to. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private final EventLoop loop;
    private final NettyLoop netty;
    private final Listener listener;
    private final Routes routes = new Routes();
    private Settings settings = Settings.DEFAULT;
    private boolean isUsed;
    private boolean isClosed;

    /** Null unless this serves. */
    private @Nullable Serving serving;

    private @Nullable TaskGroup group;

    /** Set when no more connections are accepted. */
    private final AsyncEvent stopped = new AsyncEvent();

    /** Set when {@link #serve} has ended. */
    private final AsyncEvent served = new AsyncEvent();

    private HttpServer(EventLoop loop, NettyLoop netty, Listener listener) {
        this.loop = loop;
        this.netty = netty;
        this.listener = listener;
    }

    /**
     * Listens at a resolved {@link java.net.InetSocketAddress}. Port 0 lets the system choose: see
     * {@link #address}.
     *
     * @throws java.net.BindException if the address is in use
     * @throws IllegalStateException outside of a loop, or if the loop waits in another poller than
     *     a {@link NettyLoop}
     */
    public static HttpServer bind(SocketAddress address) throws IOException {
        NettyLoop netty = NettyLoop.current();
        return new HttpServer(EventLoop.current(), netty, Listener.bind(netty, address));
    }

    // ---- settings

    /** Serves with TLS and this context. With {@link #http2}, the client chooses by ALPN. */
    public HttpServer tls(SSLContext context) {
        return set("tls", settings.tls(context));
    }

    /**
     * Sets whether clients may use HTTP/2: with TLS by ALPN, without TLS by beginning with it. By
     * default they may not.
     */
    public HttpServer http2(boolean on) {
        return set("http2", settings.http2(on));
    }

    /**
     * Sets whether texts of 1,024 bytes and more are compressed by gzip for clients that accept
     * that. Texts are known by their type; images, ranges of files, server-sent events, and answers
     * with {@code Content-Encoding} or {@code Cache-Control: no-transform} are sent as they are. An
     * {@code ETag} becomes a weak one. Each element of a stream is compressed alone, so that the
     * client gets it at once.
     *
     * <p>By default nothing is compressed, for three reasons. The size of a compressed answer tells
     * something about its content: if an answer over TLS has a secret and also a text that an
     * attacker can choose, many requests reveal the secret (BREACH). A proxy in front of the server
     * often compresses already. And compression takes more time than most handlers.
     */
    public HttpServer compression(boolean on) {
        return set("compression", settings.compression(on));
    }

    /**
     * Sets the largest body of a request: a larger one is answered with 413. No limit by default.
     */
    public HttpServer maxBody(long bytes) {
        checkPositive("maxBody", bytes + 1);
        return set("maxBody", settings.maxBody(bytes));
    }

    /**
     * Sets the largest head of a request: a longer first line is answered with 414, a larger head
     * with 431. By default 16 KiB.
     */
    public HttpServer maxHeader(int bytes) {
        checkPositive("maxHeader", bytes);
        return set("maxHeader", settings.maxHeader(bytes));
    }

    /**
     * Sets the time that a client gets: between two requests; for a whole head; between two parts
     * of a body; for the reading of a part of an answer. An incomplete request is answered with
     * 408. The time that a handler takes is not limited. By default 60 seconds.
     */
    public HttpServer idleTimeout(Duration limit) {
        if (limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException("idleTimeout <= 0: " + limit);
        }
        Duration possible = limit.compareTo(LONGEST) > 0 ? LONGEST : limit;
        return set("idleTimeout", settings.idleTimeout(possible));
    }

    /**
     * Sets the number of open connections above which no more are accepted. No limit by default.
     */
    public HttpServer maxConnections(int connections) {
        checkPositive("maxConnections", connections);
        return set("maxConnections", settings.maxConnections(connections));
    }

    /**
     * Adds a route. A part of the pattern in braces, such as {@code {id}}, stands for any text
     * without a slash; a literal part comes before. HEAD is answered by the route of GET, unless it
     * has one. An unknown path is answered with 404, another method with 405.
     *
     * @throws IllegalArgumentException if the pattern is malformed, or there is such a route
     */
    public HttpServer route(
            String method, String pattern, AsyncFunction<? super Request, Response> handler) {
        checkFresh("route");
        routes.add(method, pattern, handler);
        return this;
    }

    private HttpServer set(String setting, Settings changed) {
        checkFresh(setting);
        settings = changed;
        return this;
    }

    private void checkFresh(String call) {
        loop.time(); // checks the thread
        if (isUsed) {
            throw new IllegalStateException(call + " must be called before serve");
        }
    }

    private static void checkPositive(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " is too small");
        }
    }

    // ---- serving

    /**
     * Serves until this is cancelled, or the server is closed or shut down. Cancelling this closes
     * all connections, cancels the handlers, and ends when they have ended.
     *
     * @throws IllegalStateException if the server serves already
     */
    @Async
    public Coroutine<Void> serve() throws IOException {
        if (isClosed) {
            return Coroutine.done();
        }
        if (serving != null) {
            throw new IllegalStateException("the server serves in another task already");
        }
        isUsed = true;
        served.clear();
        try {
            await(TaskGroup.scope(tasks -> accept(tasks)));
        } finally {
            serving = null;
            group = null;
            close();
            served.set();
        }
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> accept(TaskGroup tasks) {
        Serving started = new Serving(loop, netty.eventLoop(), listener.channel(), tasks, this);
        serving = started;
        group = tasks;
        started.start();
        await(stopped.waitFor());
        return Coroutine.done();
    }

    /**
     * Accepts no more connections and ends those that are idle. Answers the requests under way,
     * with {@code Connection: close} or with GOAWAY of HTTP/2, for at most {@code grace}; then
     * cancels their handlers. {@link #serve} returns normally.
     */
    @Async
    public Coroutine<Void> shutdown(Duration grace) {
        TaskGroup running = group;
        stop();
        if (serving != null && running != null) {
            serving.drain();
            await(Weft.timeoutOr(grace, served.waitFor(), null));
            running.cancel("the server was shut down");
            await(served.waitFor());
        }
        return Coroutine.done();
    }

    private void stop() {
        isClosed = true;
        listener.close();
        if (serving != null) {
            serving.stop();
        }
        stopped.set();
    }

    /**
     * Closes the socket and all connections, and cancels the handlers. Closing twice is harmless.
     */
    @Override
    public void close() {
        if (!isClosed || group != null) {
            stop();
        }
        if (group != null) {
            group.cancel("the server was closed");
        }
    }

    // ---- properties

    /** Returns the address, with the port that the system has chosen. */
    public SocketAddress address() {
        return listener.address();
    }

    /** Returns the number of open connections. */
    public int connections() {
        return serving == null ? 0 : serving.connections();
    }

    Settings settings() {
        return settings;
    }

    Routes routes() {
        return routes;
    }
}
