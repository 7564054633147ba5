package dev.weft.netty;

import static dev.weft.Weft.await;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Task;
import dev.weft.net.ByteStream;
import dev.weft.net.Network;
import dev.weft.net.StreamClosedException;
import dev.weft.sync.AsyncEvent;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** A listening socket of Netty. It accepts on demand. */
final class NettyListener extends ChannelInboundHandlerAdapter implements Network.Listener {
    private final EventLoop loop;
    private final DrivenLoop driven;
    private final Channel channel;
    private final SocketAddress address;
    private final Deque<Channel> accepted = new ArrayDeque<>();

    /** Set if the waiting task has to look again. */
    private final AsyncEvent news = new AsyncEvent();

    private @Nullable IOException failure;
    private @Nullable String acceptor;
    private boolean isClosed;

    /** Takes over {@code channel}, which is bound. */
    NettyListener(EventLoop loop, DrivenLoop driven, Channel channel) {
        this.loop = loop;
        this.driven = driven;
        this.channel = channel;
        this.address = Addresses.ofListener(channel);
        channel.pipeline().addLast(this);
    }

    @Override
    @Async
    public Coroutine<ByteStream> accept() throws IOException {
        begin();
        Channel child = null;
        try {
            while (child == null) {
                checkOpen();
                child = accepted.poll();
                if (child == null) {
                    news.clear();
                    channel.read();
                    await(news.waitFor());
                }
            }
        } finally {
            acceptor = null;
        }
        return Coroutine.of(streamOf(child));
    }

    private void begin() {
        Task<?> task = Task.current();
        String name = task == null ? "another task" : task.name();
        if (EventLoop.current() != loop) {
            throw new IllegalStateException("accept: the server belongs to another loop");
        }
        if (acceptor != null) {
            throw new IllegalStateException(
                    "task " + name + " cannot accept: " + acceptor + " accepts from this server");
        }
        acceptor = name;
    }

    private void checkOpen() throws IOException {
        if (isClosed) {
            throw new StreamClosedException("the server is closed");
        }
        IOException reason = failure;
        if (reason != null && accepted.isEmpty()) {
            failure = null; // another attempt may succeed
            throw reason;
        }
    }

    private ByteStream streamOf(Channel child) throws IOException {
        NettyStream stream = new NettyStream(loop, child);
        Throwable refused = driven.add(child).cause();
        if (refused != null) {
            child.unsafe().closeForcibly();
            throw Failures.translated(refused);
        }
        return stream;
    }

    @Override
    public SocketAddress address() {
        return address;
    }

    @Override
    public void close() {
        if (isClosed) {
            return;
        }
        if (channel.isOpen()) { // otherwise it was closed with the loop
            Checks.isOnThread("close", channel);
        }
        isClosed = true;
        Unawaited.close(channel); // deletes the path of a Unix socket
        driven.release(); // the address is free from now on
        accepted.forEach(child -> child.unsafe().closeForcibly());
        accepted.clear();
        if (acceptor != null) {
            news.set();
        }
    }

    // ---- the handler

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        Channel child = (Channel) message;
        if (isClosed) {
            child.unsafe().closeForcibly();
        } else {
            accepted.add(child);
            news.set();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        failure = Failures.translated(cause);
        news.set();
    }
}
