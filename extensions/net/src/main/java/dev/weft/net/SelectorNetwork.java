package dev.weft.net;

import dev.weft.Coroutine;
import dev.weft.EventLoop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * The network on the selector of the JDK. Without channels it parks the thread, because a selector
 * waits in whole milliseconds.
 *
 * <p>The selector reports what is ready again and again until it is used. So an interest that no
 * task has any more is dropped when it is reported, and not before: a connection that is read again
 * and again keeps its interest, which costs no system call.
 */
final class SelectorNetwork implements Network, Consumer<SelectionKey> {
    /** The number of closed channels after which their descriptors are released at once. */
    private static final int CLOSED_AT_ONCE = 256;

    /** The attachment of a key. */
    interface Watched {
        /** Called when the operations of {@code ready} are possible. */
        void ready(SelectionKey key, int ready);
    }

    private final EventLoop loop;
    private final Selector selector;
    private final Budget budget = Budget.ofThread();

    /** The number of waiting operations. */
    private int awaited;

    /** The number of channels that were closed since the last poll, which releases them. */
    private int closed;

    /** True if a wake-up has come that a park has not used up. */
    private volatile boolean isWoken;

    /** The thread that polls. */
    private volatile Thread thread = Thread.currentThread();

    SelectorNetwork(EventLoop loop) {
        this.loop = loop;
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException("the selector cannot be opened: " + e.getMessage(), e);
        }
    }

    // ---- Poller

    @Override
    public void poll(long nanos) {
        closed = 0;
        budget.reset();
        try {
            if (nanos <= 0) {
                selector.selectNow(this);
            } else if (selector.keys().isEmpty()) {
                park(nanos);
            } else if (nanos == Long.MAX_VALUE) {
                selector.select(this);
            } else {
                selector.select(this, roundedUp(nanos));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the selector has failed: " + e.getMessage(), e);
        }
    }

    /** Returns milliseconds: at least one, and not fewer than {@code nanos}. */
    private static long roundedUp(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos - 1) + 1;
    }

    private void park(long nanos) {
        Thread current = Thread.currentThread();
        if (thread != current) {
            thread = current; // before the test below: a wake-up sees the thread, or this sees it
        }
        if (!isWoken) {
            if (nanos == Long.MAX_VALUE) {
                LockSupport.park(this);
            } else {
                LockSupport.parkNanos(this, nanos);
            }
        }
        isWoken = false;
    }

    @Override
    public void wakeup() {
        isWoken = true;
        LockSupport.unpark(thread);
        selector.wakeup();
    }

    @Override
    public boolean isAwaited() {
        return awaited > 0 || closed > 0;
    }

    @Override
    public void accept(SelectionKey key) {
        if (key.isValid()) {
            ((Watched) key.attachment()).ready(key, key.readyOps());
        }
    }

    @Override
    public void close() {
        for (SelectionKey key : selector.keys()) {
            closeQuietly(key.channel());
        }
        closeQuietly(selector);
    }

    // ---- Network

    @Override
    public Coroutine<ByteStream> connect(SocketAddress address) throws IOException {
        return new Connecting(this, address);
    }

    @Override
    public Listener listen(SocketAddress address, int backlog) throws IOException {
        return SocketListener.open(this, address, backlog);
    }

    // ---- for what is watched

    EventLoop loop() {
        return loop;
    }

    Budget budget() {
        return budget;
    }

    /** Registers a channel, which must not block. */
    SelectionKey register(SelectableChannel channel, int interest, Watched watched)
            throws IOException {
        channel.configureBlocking(false);
        return channel.register(selector, interest, watched);
    }

    /** Records that an operation waits for {@code interest}. */
    void await(SelectionKey key, int interest) {
        awaited++;
        int known = key.interestOps();
        if ((known & interest) == 0) {
            key.interestOps(known | interest);
        }
    }

    /** Takes back one {@link #await}. */
    void awaitEnded() {
        awaited--;
    }

    /** Drops an interest that was reported and that no operation has. */
    static void drop(SelectionKey key, int interest) {
        key.interestOps(key.interestOps() & ~interest);
    }

    /** Closes a registered channel. Its descriptor is released by the next poll. */
    void close(SelectableChannel channel) {
        if (!selector.isOpen()) {
            return; // closed with the loop
        }
        closeQuietly(channel);
        if (++closed % CLOSED_AT_ONCE == 0) {
            poll(0);
        }
    }

    /** Closes a registered channel and releases its descriptor, so that its address is free. */
    void closeAtOnce(SelectableChannel channel) {
        close(channel);
        if (selector.isOpen()) {
            poll(0);
        }
    }

    static void closeQuietly(AutoCloseable closed) {
        try {
            closed.close();
        } catch (Exception e) {
            System.getLogger("dev.weft.net").log(System.Logger.Level.DEBUG, "close has failed", e);
        }
    }
}
