package dev.weft.netty;

import static dev.weft.Weft.await;
import static dev.weft.stream.AsyncStream.emit;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.stream.AsyncStream;
import dev.weft.sync.AsyncEvent;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The last handler of a pipeline whose messages are read as a stream: keeps those that wait. */
final class MessageQueue<T> extends ChannelInboundHandlerAdapter {
    private final Channel channel;
    private final Class<T> type;
    private final int ahead;
    private final Deque<T> arrived = new ArrayDeque<>();

    /** Set if the waiting task has to look again. */
    private final AsyncEvent news = new AsyncEvent();

    private @Nullable Throwable failure;
    private boolean hasEnded;

    private MessageQueue(Channel channel, Class<T> type, int ahead) {
        this.channel = channel;
        this.type = type;
        this.ahead = ahead;
    }

    static <T> AsyncStream<T> stream(Channel channel, Class<T> type, int ahead) {
        if (ahead < 1) {
            throw new IllegalArgumentException("ahead < 1: " + ahead);
        }
        Checks.belongsToThread(channel);
        MessageQueue<T> queue = new MessageQueue<>(channel, type, ahead);
        channel.pipeline().addLast(queue);
        queue.hasEnded = !channel.isOpen();
        channel.config().setAutoRead(true);
        return queue.messages();
    }

    // ---- the stream

    @Async
    private AsyncStream<T> messages() {
        try {
            for (T message = await(next()); message != null; message = await(next())) {
                emit(message);
            }
        } finally {
            close();
        }
        return AsyncStream.end();
    }

    /** Returns the next message; null at the end. */
    @Async
    private Coroutine<@Nullable T> next() {
        while (arrived.isEmpty()) {
            if (failure != null) {
                throw sneak(failure);
            }
            if (hasEnded) {
                return Coroutine.of(null);
            }
            news.clear();
            await(news.waitFor());
        }
        T message = arrived.remove();
        if (arrived.size() == ahead - 1) {
            channel.config().setAutoRead(true);
        }
        return Coroutine.of(message);
    }

    @SuppressWarnings("unchecked") // erased: the cast does nothing
    private static <X extends Throwable> RuntimeException sneak(Throwable failure) throws X {
        throw (X) failure;
    }

    private void close() {
        arrived.forEach(ReferenceCountUtil::release);
        arrived.clear();
        if (channel.pipeline().context(this) != null) {
            channel.pipeline().remove(this);
            channel.config().setAutoRead(true);
        }
    }

    // ---- the handler

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!type.isInstance(message)) {
            context.fireChannelRead(message);
            return;
        }
        arrived.add(type.cast(message));
        if (arrived.size() == ahead) {
            channel.config().setAutoRead(false);
        }
        news.set();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (failure == null) {
            failure = cause instanceof IOException ? Failures.translated(cause) : cause;
        }
        news.set();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        hasEnded = true;
        news.set();
        context.fireChannelInactive();
    }
}
