package dev.weft.http;

import static dev.weft.Weft.await;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Weft;
import dev.weft.sync.AsyncEvent;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The last handler of a pipeline that carries requests: a connection, or a stream of HTTP/2. */
abstract class Carrier extends ChannelInboundHandlerAdapter {
    /** The number of parts after which a stream of answers gives up its turn. */
    private static final int TURN = 16;

    private final Connection connection;
    private final Channel channel;

    /** Null until a task has to wait. */
    private @Nullable AsyncEvent room;

    private int written;

    /** The exchange whose request comes in; null if there is none. */
    private @Nullable Exchange incoming;

    /** The exchange whose answer is not complete; null if there is none. */
    @Nullable Exchange current;

    Carrier(Connection connection, Channel channel) {
        this.connection = connection;
        this.channel = channel;
    }

    Connection connection() {
        return connection;
    }

    Channel channel() {
        return channel;
    }

    Settings settings() {
        return connection.settings();
    }

    // ---- differences

    abstract boolean isHttp2();

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

    /** Takes a message of the pipeline. */
    final void take(Object message) {
        if (message instanceof HttpRequest head) {
            begin(head);
        }
        if (message instanceof HttpContent content) {
            take(content);
        } else if (!(message instanceof HttpRequest)) {
            ReferenceCountUtil.release(message);
        }
    }

    private void begin(HttpRequest head) {
        Exchange exchange = Exchange.of(this, head);
        if (connection.start(exchange)) {
            incoming = exchange;
            arrived(exchange);
        } else {
            incoming = null;
            abort();
        }
    }

    private void take(HttpContent content) {
        boolean isLast = content instanceof LastHttpContent;
        Exchange exchange = incoming;
        if (exchange == null) {
            discarded(content.content().readableBytes(), isLast);
            content.release();
            return;
        }
        if (content.decoderResult().isFailure()) {
            content.release();
            exchange.body().fail(new RefusedException(400, "malformed body"));
            return;
        }
        exchange.body().add(content.content());
        if (isLast) {
            incoming = null;
            exchange.body().complete();
        }
        decideReading();
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
        Ends.writeAndFlush(
                channel,
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
    }

    // ---- output

    final ByteBuf allocate(int size) {
        return channel.alloc().buffer(size, size);
    }

    final void write(Object message) {
        Ends.write(channel, message);
    }

    final void flush() {
        channel.flush();
    }

    final void checkOpen() throws IOException {
        if (!channel.isActive()) {
            throw new IOException("the client has gone away");
        }
    }

    /** Sends what is written, and waits while the client does not read it. */
    @Async
    final Coroutine<Void> writable() throws IOException {
        flush();
        if (++written % TURN == 0) { // a client that takes all must not hold the loop
            await(Weft.sleep(Duration.ZERO));
        }
        while (channel.isActive() && !channel.isWritable()) {
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

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (room != null) {
            room.set();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        Connection.log(cause);
        abort();
    }
}
