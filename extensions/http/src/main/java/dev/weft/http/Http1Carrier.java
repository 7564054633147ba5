package dev.weft.http;

import static dev.weft.Weft.await;

import dev.weft.Async;
import dev.weft.Coroutine;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A connection with HTTP/1.1. Requests are handled one after the other. Those that come meanwhile
 * wait in tasks of their own. While many bytes of them wait, the connection does not read.
 */
final class Http1Carrier extends Carrier {
    /** The largest rest of a body that is read in order to keep the connection. */
    private static final int LARGEST_REST = 65_536;

    private final Channel channel;
    private final Http1Input input;
    private final Http1Decoder decoder;
    private final Http1Encoder encoder = new Http1Encoder();
    private final Patience patience;
    private final Goodbye goodbye;

    private final FollowingRequests following;

    /** True if the answer that is written is the last one. */
    private boolean isLast;

    /** True if the client has ended its output. */
    private boolean isInputEnded;

    /** True while the time for a head runs, and not that between two requests. */
    private boolean isHeadTimed;

    /** True if answers are written that are not flushed. */
    private boolean isFlushDue;

    private long discarded;
    private @Nullable WebSocketLink webSocket;

    Http1Carrier(Connection connection, Channel channel) {
        super(connection);
        this.channel = channel;
        input = new Http1Input(this);
        decoder = new Http1Decoder(connection.settings().maxHeader());
        following = new FollowingRequests(decoder);
        patience =
                new Patience(connection.loop(), channel, settings().idleTimeout(), this::expired);
        goodbye = new Goodbye(connection.loop(), channel);
    }

    /** Adds the handlers of HTTP/1.1 to the pipeline. */
    static void install(Connection connection, Channel channel) {
        Http1Carrier carrier = new Http1Carrier(connection, channel);
        if (channel.pipeline().get(SslHandler.class) == null) {
            channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        }
        channel.pipeline().addLast(carrier.decoder, carrier.encoder, carrier.input);
        connection.whenDraining(carrier::drain);
        carrier.patience.begin();
    }

    @Override
    boolean isHttp2() {
        return false;
    }

    @Override
    boolean isOpen() {
        return channel.isActive();
    }

    @Override
    boolean isWritable() {
        return channel.isWritable();
    }

    @Override
    ByteBufAllocator allocator() {
        return channel.alloc();
    }

    @Override
    Patience patience() {
        return patience;
    }

    Channel channel() {
        return channel;
    }

    // ---- input

    /** Takes the head of a request. */
    void takeHead(HttpRequest head) {
        if (current == null) { // else the time is another one
            isHeadTimed = false;
            patience.end();
        }
        begin(head);
    }

    boolean saysGoodbye() {
        return goodbye.isSaid();
    }

    @Override
    void arrived(Exchange exchange) {
        if (current == null) {
            beginTurn(exchange);
        } else {
            following.add(exchange);
        }
    }

    private void beginTurn(Exchange exchange) {
        current = exchange;
        exchange.beginTurn();
        if (isInputEnded) {
            closeIfAbandonedLater(exchange);
        }
    }

    void readComplete() {
        if (current == null && !isHeadTimed && decoder.hasPartOfHead()) {
            isHeadTimed = true;
            patience.begin();
        }
        if (decoder.holdsMuch()) {
            decideReading();
        }
    }

    @Override
    void decideReading() {
        boolean hasRoom = !following.areMany() && hasRoom() && !decoder.holdsMuch();
        channel.config().setAutoRead(goodbye.isSaid() || hasRoom);
    }

    @Override
    void discarded(int bytes, boolean isLast) {
        discarded += bytes;
        if (discarded > LARGEST_REST) {
            abort();
        }
    }

    // ---- output

    @Override
    boolean isOld(Exchange exchange) {
        return exchange.request().head().protocolVersion().minorVersion() == 0;
    }

    @Override
    void writeAnswer(Exchange exchange, HttpResponse head) {
        isLast =
                !exchange.isKeptAlive()
                        || connection().isDraining()
                        || isClose(head.headers())
                        || (head instanceof DefaultFullHttpResponse
                                && !exchange.canSkipRest(LARGEST_REST));
        if (isLast) {
            head.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        } else if (isOld(exchange)) {
            head.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
        }
        encoder.setHead(exchange.isHead());
        writeHead(head);
    }

    @Override
    void writeHead(HttpResponse head) {
        Ends.write(channel, head);
    }

    @Override
    void writePart(HttpContent part) {
        Ends.write(channel, part);
    }

    @Override
    void flush() {
        channel.flush();
    }

    private static boolean isClose(HttpHeaders headers) {
        return headers.contains(HttpHeaderNames.CONNECTION)
                && headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE, true);
    }

    @Override
    void answered(Exchange exchange) {
        if (current != exchange) { // cancelled before its turn
            following.remove(exchange);
            return;
        }
        current = null;
        if (!channel.isActive() || webSocket != null) {
            return;
        }
        if (isLast || !exchange.canSkipRest(LARGEST_REST)) {
            end(exchange.body().isComplete());
            return;
        }
        discarded = 0;
        if (following.isEmpty()) { // else the decoder waits for the answer to one of them
            decoder.goOn();
        }
        next();
    }

    private void next() {
        if (current == null && !following.isEmpty()) {
            beginTurn(following.next());
        }
        if (current != null) {
            flushLater();
        } else {
            flush();
            if (isInputEnded || connection().isDraining()) {
                end(true);
                return;
            }
            patience.begin();
        }
        decideReading();
    }

    /**
     * Flushes after the turns of those that follow, so that their answers go out together; also if
     * one of them suspends.
     */
    private void flushLater() {
        if (!isFlushDue) {
            isFlushDue = true;
            connection().loop().callSoon(this::flushIfDue);
        }
    }

    private void flushIfDue() {
        if (isFlushDue) {
            isFlushDue = false;
            flush();
        }
    }

    // ---- the end

    /** Ends the connection after what is written. */
    private void end(boolean isInputUsed) {
        following.drop();
        goodbye.say(isInputUsed || isInputEnded);
        patience.begin(); // for what is written, which has left the encoder by now
        decideReading();
    }

    /** Ends the connection if it has no request; otherwise the next answer ends it. */
    private void drain() {
        if (current == null && !decoder.hasPartOfHead()) {
            end(true);
        }
    }

    private void expired() {
        Exchange exchange = current;
        if (goodbye.isSaid() || (exchange == null && !decoder.hasPartOfHead())) {
            abort();
        } else if (exchange == null) {
            HttpRequest incomplete =
                    new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");
            incomplete.setDecoderResult(
                    DecoderResult.failure(new RefusedException(408, "the request is incomplete")));
            begin(incomplete);
        } else if (channel.isWritable()) {
            exchange.body().fail(new RefusedException(408, "the body is incomplete"));
        } else {
            abort();
        }
    }

    @Override
    void abort() {
        flushIfDue(); // answers that are complete are not lost
        Ends.close(channel);
    }

    void inputEnded() {
        isInputEnded = true;
        if (goodbye.isSaid()) {
            goodbye.answered();
        } else if (current == null) {
            end(true);
        } else {
            closeIfAbandonedLater(current);
        }
    }

    private void closeIfAbandonedLater(Exchange exchange) {
        connection().loop().callSoon(() -> closeIfAbandoned(exchange));
    }

    /** Takes the client for gone if a handler waits, and not for the client. */
    private void closeIfAbandoned(Exchange exchange) {
        if (current != exchange || exchange.isHandled()) {
            return;
        }
        if (isYielding) {
            closeIfAbandonedLater(exchange);
        } else if (following.isEmpty() && channel.isWritable()) {
            end(true);
        }
    }

    void closed() {
        patience.stop();
        goodbye.stop();
        following.drop();
        dropBody();
        roomChanged();
    }

    // ---- another protocol

    /** Gives the connection to {@code link}, with what has come and is not decoded. */
    void switchTo(WebSocketLink link, HttpResponse agreement) {
        ChannelPipeline pipeline = channel.pipeline();
        writeHead(agreement);
        flush();
        patience.stop();
        webSocket = link;
        pipeline.addLast(link);
        pipeline.remove(input);
        pipeline.remove(encoder);
        pipeline.remove(decoder); // passes on what has come
        channel.config().setAutoRead(true);
    }

    @Override
    @Async
    Coroutine<Void> leave(Exchange exchange) throws IOException {
        if (webSocket != null) {
            await(webSocket.end(exchange.hasFailed()));
        }
        return Coroutine.done();
    }
}
