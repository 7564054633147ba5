package dev.weft.http;

import dev.weft.Coroutine;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Stream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A stream of HTTP/2, which carries one request. It writes frames to its connection, because a
 * channel for each stream takes more time than the request.
 */
final class Http2Carrier extends Carrier {
    /** The size of what the client has not taken above which an answer waits. */
    private static final int MOST_PENDING = 65_536;

    /** The size of what the client has not taken below which an answer goes on. */
    private static final int LEAST_PENDING = 32_768;

    /** The largest rest of a body for which the client is given room after the answer. */
    private static final int LARGEST_REST = 65_536;

    private final Http2Link link;
    private final Http2Stream stream;

    /** Null until the client has to be waited for. */
    private @Nullable Patience patience;

    private long discarded;

    /** The bytes of the body that have come and are not given back to the client's window. */
    private int taken;

    /** The bytes of the answer that wait for the client's window or for the connection. */
    private long pending;

    private boolean isReset;
    private boolean isClosed;

    Http2Carrier(Http2Link link, Http2Stream stream) {
        super(link.connection());
        this.link = link;
        this.stream = stream;
    }

    @Override
    boolean isHttp2() {
        return true;
    }

    @Override
    boolean isOpen() {
        return !isClosed && !isReset;
    }

    @Override
    boolean isWritable() {
        return pending < MOST_PENDING;
    }

    @Override
    ByteBufAllocator allocator() {
        return link.allocator();
    }

    @Override
    Patience patience() {
        Patience made = patience;
        if (made == null) {
            made =
                    new Patience(
                            connection().loop(),
                            () -> pending,
                            settings().idleTimeout(),
                            this::expired);
            patience = made;
        }
        return made;
    }

    private void expired() {
        if (isReset) { // which the client has not read: it reads nothing of the connection
            link.close();
            return;
        }
        Exchange exchange = current;
        if (exchange != null && isWritable()) {
            exchange.body().fail(new RefusedException(408, "the body is incomplete"));
        } else {
            abort();
        }
    }

    // ---- input

    /** Takes the head of the request. */
    void takeHead(Http2Headers head, boolean isLast) {
        CharSequence target = head.path() == null ? head.authority() : head.path();
        begin(
                new DefaultHttpRequest(
                        HttpVersion.HTTP_1_1,
                        HttpMethod.valueOf(head.method().toString()),
                        Objects.requireNonNull(target).toString(),
                        Http2Heads.fieldsOf(head)));
        if (isLast) {
            takeEnd();
        }
    }

    /** Takes a part of the body. */
    void takeData(ByteBuf data, int padding, boolean isLast) {
        taken += data.readableBytes() + padding;
        takePart(data.retain(), isLast);
    }

    @Override
    void arrived(Exchange exchange) {
        current = exchange;
        exchange.beginTurn();
    }

    @Override
    void decideReading() {
        if (taken > 0 && hasRoom()) {
            int read = taken;
            taken = 0;
            link.giveBack(stream, read);
        }
    }

    @Override
    void discarded(int bytes, boolean isLast) {
        discarded += bytes;
        if (isLast || discarded <= LARGEST_REST) {
            decideReading();
        } else {
            endRest();
        }
    }

    /**
     * Ends a body that nobody reads: after the whole answer, which a reset would cut off, and when
     * the client may send no more. The codec takes data that come after a reset for errors, and
     * closes a connection that has many.
     */
    void endRest() {
        if (discarded > LARGEST_REST && isAnswered() && link.isWindowUsed(stream)) {
            reset(Http2Error.NO_ERROR);
        }
    }

    // ---- output

    @Override
    boolean isOld(Exchange exchange) {
        return false;
    }

    @Override
    void writeAnswer(Exchange exchange, HttpResponse head) {
        writeHead(head);
    }

    @Override
    void writeHead(HttpResponse head) {
        ByteBuf body =
                head instanceof DefaultFullHttpResponse full
                        ? full.content()
                        : Unpooled.EMPTY_BUFFER;
        boolean isWhole = head instanceof DefaultFullHttpResponse && head.status().code() >= 200;
        if (!isOpen()) {
            body.release();
            return;
        }
        link.write(stream, Http2Heads.of(head), isWhole && !body.isReadable());
        if (body.isReadable()) {
            writeData(body, true);
        }
    }

    @Override
    void writePart(HttpContent part) {
        if (isOpen()) {
            writeData(part.content(), part == LastHttpContent.EMPTY_LAST_CONTENT);
        } else {
            part.release();
        }
    }

    private void writeData(ByteBuf data, boolean isLast) {
        pending += data.readableBytes();
        link.write(stream, data, isLast);
    }

    /** Records bytes of the answer that go to the client. */
    void written(int bytes) {
        pending -= bytes;
        if (pending <= LEAST_PENDING) {
            roomChanged();
        }
    }

    @Override
    void flush() {
        link.flush();
    }

    @Override
    void answered(Exchange exchange) {
        current = null;
        if (isOpen()) {
            link.answered(this);
            decideReading();
        }
    }

    /** Begins to wait for the rest of the body, and for the client to take the answer. */
    void answerFlushed() {
        if (!isClosed) {
            patience().begin();
        }
    }

    // ---- the end

    @Override
    void abort() {
        reset(isAnswered() ? Http2Error.NO_ERROR : Http2Error.INTERNAL_ERROR);
    }

    /** Returns whether the answer is sent completely, so that the client may keep it. */
    private boolean isAnswered() {
        return stream.state() == Http2Stream.State.HALF_CLOSED_LOCAL;
    }

    private void reset(Http2Error reason) {
        if (isOpen()) {
            isReset = true;
            link.flush(); // an answer that is written, before the reset drops it
            if (!isClosed) {
                patience().begin();
                link.reset(stream, reason);
            }
        }
    }

    /** Records that the stream has ended, whoever has ended it. */
    void closed() {
        isClosed = true;
        if (patience != null) {
            patience.stop();
        }
        dropBody();
        roomChanged();
        if (current != null) {
            current.cancel();
        }
    }

    @Override
    Coroutine<Void> leave(Exchange exchange) {
        throw new UnsupportedOperationException("a WebSocket needs HTTP/1.1");
    }
}
