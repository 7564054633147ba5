package dev.weft.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The bytes of a stream that Netty has and the system has not taken yet. */
final class StreamOutput {
    private final NettyStream stream;
    private final Channel channel;
    private final int limit;

    /** The number of bytes that were given to Netty and whose write has not ended. */
    private int pending;

    /** The end of the output, once it was requested. */
    private @Nullable ChannelFuture end;

    private @Nullable IOException failure;
    private boolean isWatched;

    StreamOutput(NettyStream stream, Channel channel, int limit) {
        this.stream = stream;
        this.channel = channel;
        this.limit = limit;
    }

    /**
     * Gives a copy of the first bytes to Netty. Without a copy, a cancelled write would go on to
     * read the buffers of the caller.
     */
    void tryWrite(ByteBuffer[] buffers, int first) throws IOException {
        checkFailure();
        int count = 0;
        for (int i = first; i < buffers.length && count < limit; i++) {
            count += Math.min(buffers[i].remaining(), limit - count);
        }
        count = Math.min(count, limit - pending);
        if (count <= 0) {
            return;
        }
        int written = count;
        pending += written;
        channel.writeAndFlush(copy(buffers, first, count))
                .addListener(ended -> taken(ended, written));
        checkFailure();
    }

    private ByteBuf copy(ByteBuffer[] buffers, int first, int count) {
        ByteBuf copy = channel.alloc().ioBuffer(count, count);
        for (int i = first; copy.isWritable(); i++) {
            ByteBuffer from = buffers[i];
            int until = from.limit();
            from.limit(from.position() + Math.min(from.remaining(), copy.writableBytes()));
            copy.writeBytes(from);
            from.limit(until);
        }
        return copy;
    }

    private void taken(Future<?> write, int count) {
        pending -= count;
        Throwable cause = write.cause();
        if (cause != null) {
            fail(Failures.translated(cause));
        }
        wakeIfReady();
    }

    /** Returns whether the system has taken all bytes. */
    boolean tryFlush() throws IOException {
        checkFailure();
        return pending == 0;
    }

    /** Requests the end of the output once. Returns whether it is done. */
    boolean tryClose() throws IOException {
        if (!tryFlush()) {
            return false;
        }
        ChannelFuture requested = end;
        if (requested == null) {
            requested = Tls.endOutput(channel);
            end = requested;
            requested.addListener(ended -> wakeIfReady());
        }
        if (requested.cause() != null) {
            throw Failures.translated(requested.cause());
        }
        return requested.isDone();
    }

    /** Fails this and later writes. The first reason counts. */
    void fail(IOException reason) {
        if (failure == null) {
            failure = reason;
        }
        wakeIfReady();
    }

    private void checkFailure() throws IOException {
        if (failure != null) {
            throw failure;
        }
    }

    void watch(boolean on) {
        isWatched = on;
        wakeIfReady();
    }

    private void wakeIfReady() {
        boolean isReady = pending == 0 && (end == null || end.isDone());
        if (isWatched && (isReady || failure != null)) {
            stream.writable();
        }
    }
}
