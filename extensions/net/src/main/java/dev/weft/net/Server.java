package dev.weft.net;

import static dev.weft.Weft.await;
import static dev.weft.Weft.closing;
import static dev.weft.Weft.sleep;

import dev.weft.Async;
import dev.weft.AsyncFunction;
import dev.weft.Closing;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Task;
import dev.weft.Weft;
import dev.weft.sync.AsyncEvent;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A socket that accepts connections, each of which a task of its own handles.
 *
 * <pre>{@code
 * try (Server server = Server.bind(new InetSocketAddress(8080))) {
 *     await(server.serve(stream -> echo(stream))); // until it is cancelled or closed
 * }
 * }</pre>
 *
 * <p>A server belongs to the loop that made it and is used on that loop's thread. Settings are made
 * before {@link #serve} or {@link #accept}.
 */
public final class Server implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final EventLoop loop;
    private final Network network;
    private Network.Listener listener;
    private int maxConnections = Integer.MAX_VALUE;
    private @Nullable Duration idleTimeout;

    private boolean isUsed;
    private boolean isClosed;

    /** The connections that are handled; null before {@link #serve}. */
    private @Nullable Connections connections;

    /** The task that waits in {@link #accept}. */
    private @Nullable Task<?> acceptor;

    /** Set when {@link #serve} has ended. */
    private final AsyncEvent served = new AsyncEvent();

    private Server(EventLoop loop, Network network, Network.Listener listener) {
        this.loop = loop;
        this.network = network;
        this.listener = listener;
    }

    /**
     * Listens at a resolved {@link java.net.InetSocketAddress} or at a {@link
     * java.net.UnixDomainSocketAddress}. Port 0 lets the system choose: see {@link #address}.
     *
     * @throws java.net.BindException if the address is in use, or if a Unix socket that nobody
     *     serves any more is in the way: the message says which
     * @throws IllegalStateException outside of a loop
     */
    public static Server bind(SocketAddress address) throws IOException {
        Network network = Network.current();
        return new Server(EventLoop.current(), network, network.listen(address, 0));
    }

    // ---- settings

    /**
     * Sets the number of connections that wait to be accepted, up to the limit of the system. By
     * default 4,096. The socket is opened again.
     */
    public Server backlog(int connections) throws IOException {
        checkFresh("backlog");
        checkPositive("backlog", connections);
        SocketAddress address = listener.address();
        listener.close();
        listener = network.listen(address, connections);
        return this;
    }

    /**
     * Sets the number of open connections above which no more are accepted. No limit by default.
     */
    public Server maxConnections(int connections) {
        checkFresh("maxConnections");
        checkPositive("maxConnections", connections);
        maxConnections = connections;
        return this;
    }

    /**
     * Cancels a handler whose connection has moved no byte for this time, in either direction. No
     * limit by default.
     */
    public Server idleTimeout(Duration limit) {
        checkFresh("idleTimeout");
        if (limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException("idleTimeout <= 0: " + limit);
        }
        idleTimeout = limit;
        return this;
    }

    private void checkFresh(String setting) {
        LoopThread.check(loop, setting);
        if (isUsed || isClosed) {
            throw new IllegalStateException(setting + " must be called before serve or accept");
        }
    }

    private static void checkPositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " < 1: " + value);
        }
    }

    // ---- serving

    /**
     * Accepts connections until this is cancelled, or the server is closed or shut down. Each
     * connection is handled by a task with the name of its address. The connection is closed when
     * its handler ends.
     *
     * <p>An {@link IOException} of a handler ends its connection and is not reported; debug mode
     * logs it. Any other failure goes to the exception handler of the loop. The server goes on in
     * both cases, and also when the process has too many open files: it logs one warning and tries
     * again every 100 ms.
     *
     * <p>Cancelling this closes the socket, cancels the handlers, and ends when they have ended.
     *
     * @throws IllegalStateException if the server serves already, or a task accepts
     */
    @Async
    public <T> Coroutine<Void> serve(AsyncFunction<? super ByteStream, T> handler)
            throws IOException {
        if (handler == null) {
            throw new NullPointerException("handler");
        }
        if (isClosed) {
            return Coroutine.done();
        }
        checkFree("serve");
        served.clear();
        Connections handled = new Connections(handler, idleTimeout, maxConnections);
        connections = handled;
        try (Closing<Connections> closing = closing(handled)) {
            await(acceptAll(closing.get()));
            await(handled.ended());
        } finally {
            connections = null;
            served.set();
        }
        return Coroutine.done();
    }

    /**
     * Waits for a connection, which the caller has to close.
     *
     * @throws IllegalStateException if the server serves, or another task accepts
     * @throws StreamClosedException if the server is closed
     */
    @Async
    public Coroutine<ByteStream> accept() throws IOException {
        checkFree("accept");
        acceptor = Task.current();
        try {
            return Coroutine.of(await(listener.accept()));
        } finally {
            acceptor = null;
        }
    }

    private void checkFree(String call) {
        LoopThread.check(loop, call);
        isUsed = true;
        if (connections != null) {
            throw new IllegalStateException(call + ": the server serves in another task already");
        }
        if (acceptor != null) {
            throw new IllegalStateException(
                    call + ": " + acceptor.name() + " accepts from this server already");
        }
    }

    @Async
    private Coroutine<Void> acceptAll(Connections handled) {
        try {
            while (!isClosed) {
                await(handled.room());
                ByteStream stream = await(next());
                if (stream != null) {
                    handled.start(stream, nameOf(stream));
                }
            }
        } finally {
            stopAccepting();
        }
        return Coroutine.done();
    }

    /** Returns the next connection; null if the server was closed. */
    @Async
    private Coroutine<@Nullable ByteStream> next() {
        boolean hasWarned = false;
        while (!isClosed) {
            try {
                return Coroutine.of(await(listener.accept()));
            } catch (StreamClosedException closed) {
                break;
            } catch (IOException e) {
                if (!hasWarned) {
                    hasWarned = true;
                    log(System.Logger.Level.WARNING, "cannot accept, trying every 100 ms", e);
                }
                await(sleep(PAUSE));
            }
        }
        return Coroutine.of(null);
    }

    /** Returns the address of the other side; that of this server for a Unix socket without one. */
    private Object nameOf(ByteStream stream) {
        SocketAddress remote = stream.remote();
        return remote == null || remote instanceof UnixDomainSocketAddress
                ? "connection to " + address()
                : remote;
    }

    private static void log(System.Logger.Level level, String message, IOException failure) {
        System.getLogger("dev.weft.net").log(level, message, failure);
    }

    // ---- the end

    /**
     * Accepts no more connections, waits until the handlers have ended, for at most {@code grace},
     * and then cancels those that have not. {@link #serve} returns normally.
     */
    @Async
    public Coroutine<Void> shutdown(Duration grace) {
        LoopThread.check(loop, "shutdown");
        stopAccepting();
        Connections handled = connections;
        if (handled != null) {
            await(Weft.timeoutOr(grace, served.waitFor(), null));
            handled.cancel("the server was shut down");
            await(served.waitFor());
        }
        return Coroutine.done();
    }

    private void stopAccepting() {
        isClosed = true;
        listener.close();
        if (connections != null) {
            connections.stopWaiting();
        }
    }

    /** Closes the socket and cancels the handlers. Closing twice is harmless. */
    @Override
    public void close() {
        LoopThread.check(loop, "close");
        if (!isClosed) {
            stopAccepting();
        }
        if (connections != null) {
            connections.cancel("the server was closed");
        }
    }

    // ---- properties

    /** Returns the address, with the port that the system has chosen. */
    public SocketAddress address() {
        return listener.address();
    }

    /** Returns the number of connections that are handled. */
    public int connections() {
        return connections == null ? 0 : connections.size();
    }
}
