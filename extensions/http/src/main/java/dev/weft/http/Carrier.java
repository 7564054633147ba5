package dev.weft.http;

import static dev.weft.Weft.await;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Weft;
import dev.weft.sync.AsyncEvent;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The carrier of requests: a connection with HTTP/1.1, or a stream of HTTP/2. */
abstract class Carrier {
    /** The number of parts after which a stream of answers gives up its turn. */
    private static final int TURN = 16;

    private final Connection connection;

    /** Null until a task has to wait. */
    private @Nullable AsyncEvent room;

    private int written;

    /** True while the task of the current exchange waits for its next turn only. */
    boolean isYielding;

    /** The exchange whose request comes in; null if there is none. */
    private @Nullable Exchange incoming;

    /** The exchange whose answer is not complete; null if there is none. */
    @Nullable Exchange current;

    Carrier(Connection connection) {
        this.connection = connection;
    }

    Connection connection() {
        return connection;
    }

    Settings settings() {
        return connection.settings();
    }

    // ---- differences

    abstract boolean isHttp2();

    /** Returns whether the client can still be answered. */
    abstract boolean isOpen();

    /** Returns whether the client has taken most of what was written. */
    abstract boolean isWritable();

    abstract ByteBufAllocator allocator();

    /** Writes a head, or a whole answer. */
    abstract void writeHead(HttpResponse head);

    /** Writes a part of a body. */
    abstract void writePart(HttpContent part);

    /** Sends what is written. */
    abstract void flush();

    abstract Patience patience();

    /** Stops or starts reading from the client, as the exchange needs. */
    abstract void decideReading();

    /** Returns whether the client of the exchange does not know chunks. */
    abstract boolean isOld(Exchange exchange);

    /** Adds to the head what the connection has to say, and writes the head. */
    abstract void writeAnswer(Exchange exchange, HttpResponse head);

    /** Ends the connection or the stream at once. */
    abstract void abort();

    /** Records a request that has come, whose task was created. */
    abstract void arrived(Exchange exchange);

    /** Records the end of the answer. */
    abstract void answered(Exchange exchange);

    /** Waits until a connection that is no longer one of HTTP has ended. */
    abstract Coroutine<Void> leave(Exchange exchange) throws IOException;

    // ---- input

    /** Begins the task of a request. */
    final void begin(HttpRequest head) {
        Exchange exchange = Exchange.of(this, head);
        if (connection.start(exchange)) {
            incoming = exchange;
            arrived(exchange);
        } else {
            incoming = null;
            abort();
        }
    }

    /** Takes a part of a body, which then belongs to this. */
    final void takePart(ByteBuf part, boolean isLast) {
        Exchange exchange = incoming;
        if (exchange == null) {
            int size = part.readableBytes();
            part.release();
            discarded(size, isLast);
            return;
        }
        exchange.body().add(part);
        if (isLast) {
            takeEnd();
        } else {
            decideReading();
        }
    }

    /** Takes the end of a body. */
    final void takeEnd() {
        Exchange exchange = incoming;
        if (exchange == null) {
            discarded(0, true);
            return;
        }
        incoming = null;
        exchange.body().complete();
        decideReading();
    }

    /** Takes the end of a body that is malformed. */
    final void takeMalformed() {
        if (incoming != null) {
            incoming.body().fail(new RefusedException(400, "malformed body"));
        }
    }

    /** Returns whether the request that comes in may bring more. */
    final boolean hasRoom() {
        return incoming == null || incoming.body().hasRoom();
    }

    /** Records the end of the task of an exchange. */
    final void ended(Exchange exchange) {
        if (incoming == exchange) {
            incoming = null;
        }
        answered(exchange);
    }

    /** Drops what has come of a body. Its handler may be cancelled before it has begun. */
    final void dropBody() {
        if (current != null) {
            current.body().fail(new IOException(Connection.GONE));
        }
    }

    /** Records bytes of a body that nobody reads any more. */
    abstract void discarded(int bytes, boolean isLast);

    final void sendContinue() {
        writeHead(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
        flush();
    }

    // ---- output

    final ByteBuf allocate(int size) {
        return allocator().buffer(size, size);
    }

    final void checkOpen() throws IOException {
        if (!isOpen()) {
            throw new IOException("the client has gone away");
        }
    }

    /** Sends what is written, and waits while the client does not read it. */
    @Async
    final Coroutine<Void> writable() throws IOException {
        flush();
        if (++written % TURN == 0) { // a client that takes all must not hold the loop
            isYielding = true;
            try {
                await(Weft.sleep(Duration.ZERO));
            } finally {
                isYielding = false;
            }
        }
        while (isOpen() && !isWritable()) {
            AsyncEvent event = room;
            if (event == null) {
                event = new AsyncEvent();
                room = event;
            }
            event.clear();
            patience().begin();
            try {
                await(event.waitFor());
            } finally {
                patience().end();
            }
        }
        checkOpen();
        return Coroutine.done();
    }

    /** Wakes the task that waits in {@link #writable}. */
    final void roomChanged() {
        if (room != null) {
            room.set();
        }
    }
}
