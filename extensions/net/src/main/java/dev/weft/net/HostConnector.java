package dev.weft.net;

import static dev.weft.Weft.abandonable;
import static dev.weft.Weft.await;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.TaskGroup;
import dev.weft.Weft;
import dev.weft.sync.AsyncEvent;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Connects to the first of several addresses that answers (RFC 8305). An attempt begins 250
 * milliseconds after the previous one, or when that one has failed.
 */
final class HostConnector {
    /** RFC 8305, section 5: "Connection Attempt Delay". */
    private static final Duration DELAY = Duration.ofMillis(250);

    private final List<IOException> failures = new ArrayList<>();
    private @Nullable ByteStream winner;

    HostConnector() {}

    @Async
    static Coroutine<ByteStream> connect(String host, int port) throws IOException {
        return connect(host, port, () -> InetAddress.getAllByName(host));
    }

    /** Connects to one of the addresses that {@code resolver} returns, off the loop. */
    @Async
    static Coroutine<ByteStream> connect(String host, int port, Callable<InetAddress[]> resolver)
            throws IOException {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port out of range: " + port);
        }
        InetAddress[] found = await(abandonable(resolver));
        if (found.length == 1) {
            return connect(new InetSocketAddress(found[0], port));
        }
        return new HostConnector().connectToOne(host, port, byTurns(List.of(found)));
    }

    @Async
    static Coroutine<ByteStream> connect(SocketAddress address) throws IOException {
        if (address instanceof InetSocketAddress inet && inet.isUnresolved()) {
            throw new UnknownHostException(inet.getHostString());
        }
        return Network.current().connect(address);
    }

    /** Orders addresses so that the families take turns, beginning with that of the first. */
    static List<InetAddress> byTurns(List<InetAddress> addresses) {
        Deque<InetAddress> first = new ArrayDeque<>();
        Deque<InetAddress> second = new ArrayDeque<>();
        boolean isFirst6 = addresses.get(0) instanceof Inet6Address;
        for (InetAddress address : addresses) {
            (address instanceof Inet6Address == isFirst6 ? first : second).add(address);
        }
        List<InetAddress> ordered = new ArrayList<>();
        while (!first.isEmpty() || !second.isEmpty()) {
            addNext(first, ordered);
            addNext(second, ordered);
        }
        return ordered;
    }

    private static void addNext(Deque<InetAddress> from, List<InetAddress> to) {
        InetAddress next = from.poll();
        if (next != null) {
            to.add(next);
        }
    }

    @Async
    Coroutine<ByteStream> connectToOne(String host, int port, List<InetAddress> addresses)
            throws IOException {
        try {
            await(TaskGroup.scope(group -> connectInTurns(group, port, addresses)));
        } catch (Throwable failure) {
            if (winner != null) {
                winner.close(); // this was cancelled after the connection was made
            }
            throw failure;
        }
        if (winner != null) {
            return Coroutine.of(winner);
        }
        IOException none =
                new ConnectException(
                        "none of the " + addresses.size() + " addresses of " + host + " answered");
        failures.forEach(none::addSuppressed);
        throw none;
    }

    @Async
    private Coroutine<Void> connectInTurns(TaskGroup group, int port, List<InetAddress> addresses)
            throws IOException {
        for (InetAddress address : addresses) {
            AsyncEvent failed = new AsyncEvent();
            SocketAddress full = new InetSocketAddress(address, port);
            group.create("connect " + full, () -> attempt(group, full, failed));
            await(Weft.timeoutOr(DELAY, failed.waitFor(), null));
        }
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> attempt(TaskGroup group, SocketAddress address, AsyncEvent failed) {
        try {
            ByteStream stream = await(connect(address));
            if (winner == null) {
                winner = stream;
                group.cancel();
            } else {
                stream.close();
            }
        } catch (IOException e) {
            failures.add(e);
            failed.set();
        }
        return Coroutine.done();
    }
}
