package dev.weft.benchmarks.echo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Arrays;

/**
 * Connections that each send a message, wait until it has come back, and send the next one. One
 * thread and one selector for all.
 */
public final class EchoClient implements AutoCloseable {
    /** More round trips are not kept for the percentiles. */
    private static final int MOST_SAMPLES = 5_000_000;

    private final Selector selector;
    private final ByteBuffer message;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(65_536);
    private final long[] samples = new long[MOST_SAMPLES];
    private long messages;

    /** A connection that waits for the rest of its message. */
    private final class Connection {
        private final Link link;
        private long sent;
        private int missing;

        Connection(Link link) {
            this.link = link;
        }

        void ready() throws IOException {
            buffer.clear();
            int count = link.read(buffer);
            if (count < 0) {
                throw new IOException("the server has closed a connection");
            }
            missing -= count;
            if (missing == 0) {
                long now = System.nanoTime();
                samples[(int) (messages++ % MOST_SAMPLES)] = now - sent;
                send(now);
            }
        }

        void send(long now) throws IOException {
            sent = now;
            missing = message.capacity();
            link.write(message.duplicate());
        }
    }

    /** Opens connections. With a message size of 0 they stay idle. */
    public EchoClient(int port, int connections, int size) throws IOException {
        this(port, connections, size, Link::plain);
    }

    /** Opens connections. With a message size of 0 they stay idle. */
    public EchoClient(int port, int connections, int size, Link.Factory factory)
            throws IOException {
        selector = Selector.open();
        message = ByteBuffer.allocateDirect(size);
        for (int i = 0; i < connections; i++) {
            SocketChannel channel = SocketChannel.open();
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            Connection connection = new Connection(factory.link(channel));
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, connection);
            if (size > 0) {
                connection.send(System.nanoTime());
            }
        }
    }

    /** Returns the number of open connections. */
    public int connections() {
        return selector.keys().size();
    }

    /** Exchanges messages for some time. Returns their number. */
    public long run(long nanos) throws IOException {
        messages = 0;
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() < end) {
            selector.select(this::ready, 100);
        }
        return messages;
    }

    private void ready(SelectionKey key) {
        try {
            ((Connection) key.attachment()).ready();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns a percentile of the round trips of the last run, in nanoseconds. */
    public long percentile(double share) {
        long[] sorted = Arrays.copyOf(samples, (int) Math.min(messages, MOST_SAMPLES));
        Arrays.sort(sorted);
        return sorted.length == 0 ? 0 : sorted[(int) (sorted.length * share)];
    }

    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}
