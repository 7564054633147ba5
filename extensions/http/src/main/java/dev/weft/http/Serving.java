package dev.weft.http;

import dev.weft.EventLoop;
import dev.weft.TaskGroup;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannelRecvByteBufAllocator;
import io.netty.util.AsciiString;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A server that serves: accepts connections and knows those that are open. */
final class Serving extends ChannelInboundHandlerAdapter {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
                    .withZone(ZoneOffset.UTC);

    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final long MILLIS_PER_SECOND = 1_000;

    private final EventLoop loop;
    private final EventLoopGroup netty;
    private final Channel listener;
    private final TaskGroup group;
    private final Settings settings;
    private final Routes routes;
    private final Set<Connection> connections = new LinkedHashSet<>();
    private boolean hasWarned;
    private boolean isStopped;
    private long second = -1;
    private AsciiString date = AsciiString.EMPTY_STRING;

    Serving(
            EventLoop loop,
            EventLoopGroup netty,
            Channel listener,
            TaskGroup group,
            HttpServer made) {
        this.loop = loop;
        this.netty = netty;
        this.listener = listener;
        this.group = group;
        this.settings = made.settings();
        this.routes = made.routes();
    }

    // ---- accepting

    void start() {
        if (settings.maxConnections() < Integer.MAX_VALUE) { // otherwise several at once
            listener.config()
                    .setRecvByteBufAllocator(
                            new ServerChannelRecvByteBufAllocator().maxMessagesPerRead(1));
        }
        listener.pipeline().addLast(this);
        acceptIfRoom();
    }

    private void acceptIfRoom() {
        if (!isStopped && connections.size() < settings.maxConnections()) {
            listener.read();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        Channel channel = (Channel) message;
        if (isStopped) {
            channel.unsafe().closeForcibly();
            return;
        }
        hasWarned = false;
        Connection connection = new Connection(this, channel);
        connections.add(connection);
        try {
            group.create(String.valueOf(connection.remote()), connection.run(netty));
        } catch (IllegalStateException ending) {
            channel.unsafe().closeForcibly();
            connections.remove(connection);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        acceptIfRoom();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!hasWarned) {
            hasWarned = true;
            System.getLogger("dev.weft.http")
                    .log(System.Logger.Level.WARNING, "cannot accept, trying every 100 ms", cause);
        }
        loop.callLater(PAUSE, this::acceptIfRoom);
    }

    void ended(Connection connection) {
        boolean wasFull = connections.size() >= settings.maxConnections();
        connections.remove(connection);
        if (wasFull) {
            acceptIfRoom();
        }
    }

    // ---- the end

    void stop() {
        isStopped = true;
    }

    void drain() {
        List.copyOf(connections).forEach(Connection::drain);
    }

    // ---- shared by the connections

    EventLoop loop() {
        return loop;
    }

    Settings settings() {
        return settings;
    }

    Routes routes() {
        return routes;
    }

    int connections() {
        return connections.size();
    }

    CharSequence date() {
        long now = System.currentTimeMillis() / MILLIS_PER_SECOND;
        if (now != second) {
            second = now;
            date = new AsciiString(DATE.format(Instant.ofEpochSecond(now)));
        }
        return date;
    }
}
