package dev.weft.http;

import static dev.weft.Weft.await;
import static dev.weft.stream.AsyncStream.emit;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.net.LimitExceededException;
import dev.weft.stream.AsyncStream;
import dev.weft.sync.AsyncEvent;
import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The body of a request: what has come and is not read, and the task that waits for more. */
final class RequestBody {
    /** The size of what has come above which the connection does not read. */
    private static final int AHEAD = 65_536;

    /** The number of parts above which the connection does not read: small ones are dear. */
    private static final int PARTS_AHEAD = 1_024;

    private static final byte[] NOTHING = {};

    private final Carrier carrier;
    private final long limit;

    /** Null until a part has come. */
    private @Nullable ArrayDeque<ByteBuf> parts;

    /** Null until a task has to wait. */
    private @Nullable AsyncEvent news;

    private @Nullable IOException failure;
    private boolean isComplete;
    private boolean isUsed;
    private boolean isContinueExpected;
    private boolean isHeadSent;
    private int ahead;
    private long received;

    RequestBody(Carrier carrier, long limit, boolean isContinueExpected) {
        this.carrier = carrier;
        this.limit = limit;
        this.isContinueExpected = isContinueExpected;
    }

    // ---- from the connection

    /** Adds a part, which then belongs to this. */
    void add(ByteBuf part) {
        received += part.readableBytes();
        isContinueExpected = false;
        if (received > limit) {
            part.release();
            fail(tooLarge(limit));
        } else if (failure != null || !part.isReadable()) {
            part.release();
        } else {
            ahead += part.readableBytes();
            keep(part);
            wake();
        }
    }

    private void keep(ByteBuf part) {
        ArrayDeque<ByteBuf> all = parts;
        if (all == null) {
            all = new ArrayDeque<>();
            parts = all;
        }
        all.add(part);
    }

    private boolean isEmpty() {
        return parts == null || parts.isEmpty();
    }

    static LimitExceededException tooLarge(long limit) {
        return new LimitExceededException(
                "the body has more than " + limit + " bytes: see HttpServer.maxBody", NOTHING);
    }

    void complete() {
        isComplete = true;
        wake();
    }

    void fail(IOException reason) {
        if (failure == null) {
            failure = reason;
            release();
            wake();
        }
    }

    /** Drops what has come. */
    void release() {
        if (parts != null) {
            parts.forEach(ByteBuf::release);
            parts = null;
        }
        ahead = 0;
    }

    /** Permits a body that will be read, before the head of the answer: after it nobody may. */
    void beforeHead() {
        isHeadSent = true;
        if (isContinueExpected && isUsed) {
            isContinueExpected = false;
            carrier.sendContinue();
        }
    }

    private void wake() {
        if (news != null) {
            news.set();
        }
    }

    boolean isComplete() {
        return isComplete;
    }

    @Nullable IOException failure() {
        return failure;
    }

    /** Returns whether the client still waits for the permission to send the body. */
    boolean isContinueExpected() {
        return isContinueExpected;
    }

    /** Returns whether more may come before the handler reads. */
    boolean hasRoom() {
        return ahead < AHEAD && (parts == null || parts.size() < PARTS_AHEAD);
    }

    // ---- for the handler

    private void use() {
        if (isUsed) {
            throw new IllegalStateException("the body of a request can be read once");
        }
        isUsed = true;
    }

    AsyncStream<ByteBuffer> stream() {
        use();
        return elements();
    }

    @Async
    private AsyncStream<ByteBuffer> elements() {
        while (await(hasMore())) {
            emit(ByteBuffer.wrap(take()));
        }
        return AsyncStream.end();
    }

    @Async
    Coroutine<byte[]> readAll(int most) throws IOException {
        use();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        while (await(hasMore())) {
            byte[] part = take();
            if (all.size() + (long) part.length > most) {
                throw new LimitExceededException(
                        "the body has more than " + most + " bytes", all.toByteArray());
            }
            all.writeBytes(part);
        }
        return Coroutine.of(all.toByteArray());
    }

    private byte[] take() {
        ByteBuf part = Objects.requireNonNull(parts).remove();
        byte[] bytes = new byte[part.readableBytes()];
        part.readBytes(bytes).release();
        ahead -= bytes.length;
        carrier.decideReading();
        return bytes;
    }

    /** Waits until a part has come, or the end. */
    @Async
    private Coroutine<Boolean> hasMore() {
        while (isEmpty() && failure == null && !isComplete) {
            if (isContinueExpected && !isHeadSent) {
                isContinueExpected = false;
                carrier.sendContinue();
            }
            await(more());
        }
        if (failure != null) {
            throw Failures.<RuntimeException>sneak(failure);
        }
        return Coroutine.of(!isEmpty());
    }

    @Async
    private Coroutine<Void> more() {
        AsyncEvent event = news;
        if (event == null) {
            event = new AsyncEvent();
            news = event;
        }
        event.clear();
        carrier.decideReading();
        carrier.patience().begin();
        try {
            await(event.waitFor());
        } finally {
            carrier.patience().end();
        }
        return Coroutine.done();
    }
}
