package dev.weft.http;

import static dev.weft.Weft.await;

import dev.weft.Async;
import dev.weft.Coroutine;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * A connection with HTTP/1.1. Requests are handled one after the other. Those that come meanwhile
 * wait in tasks of their own, and from the first one that waits the connection does not read.
 */
final class Http1Carrier extends Carrier {
    /** The largest rest of a body that is read in order to keep the connection. */
    private static final int LARGEST_REST = 65_536;

    private final Http1Decoder decoder;
    private final Http1Encoder encoder = new Http1Encoder();
    private final Patience patience;
    private final Goodbye goodbye;

    /** The requests that wait until the one before is answered. */
    private final ArrayDeque<Exchange> following = new ArrayDeque<>();

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
        super(connection, channel);
        decoder = new Http1Decoder(connection.settings().maxHeader());
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
        channel.pipeline().addLast(carrier.decoder, carrier.encoder, carrier);
        connection.whenDraining(carrier::drain);
        carrier.patience.begin();
    }

    @Override
    boolean isHttp2() {
        return false;
    }

    @Override
    Patience patience() {
        return patience;
    }

    // ---- input

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (goodbye.isSaid()) {
            ReferenceCountUtil.release(message);
            return;
        }
        if (message instanceof HttpRequest && current == null) { // else the time is another one
            isHeadTimed = false;
            patience.end();
        }
        take(message);
    }

    @Override
    void arrived(Exchange exchange) {
        if (current == null) {
            begin(exchange);
        } else {
            following.add(exchange);
            decideReading();
        }
    }

    private void begin(Exchange exchange) {
        current = exchange;
        exchange.beginTurn();
        if (isInputEnded) {
            connection().loop().callSoon(this::closeIfAbandoned);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
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
        boolean hasRoom = following.isEmpty() && hasRoom() && !decoder.holdsMuch();
        channel().config().setAutoRead(goodbye.isSaid() || hasRoom);
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
                        || head.headers()
                                .containsValue(
                                        HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE, true)
                        || (head instanceof FullHttpResponse && !canSkipRest(exchange));
        if (isLast) {
            head.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        } else if (isOld(exchange)) {
            head.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
        }
        encoder.setHead(exchange.isHead());
        write(head);
    }

    /** Returns whether the connection can be kept although the handler has not read the body. */
    private static boolean canSkipRest(Exchange exchange) {
        if (exchange.body().isComplete()) {
            return true;
        }
        String length = exchange.request().head().headers().get(HttpHeaderNames.CONTENT_LENGTH);
        return length != null
                && !exchange.body().isContinueExpected()
                && Long.parseLong(length) <= LARGEST_REST;
    }

    @Override
    void answered(Exchange exchange) {
        if (current != exchange) { // cancelled before its turn
            following.remove(exchange);
            return;
        }
        current = null;
        if (!channel().isActive() || webSocket != null) {
            return;
        }
        if (isLast || !canSkipRest(exchange)) {
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
            begin(following.remove());
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
        dropFollowing();
        patience.begin(); // for what is written
        goodbye.say(isInputUsed || isInputEnded);
        decideReading();
    }

    private void dropFollowing() {
        for (Exchange next = following.poll(); next != null; next = following.poll()) {
            next.drop();
        }
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
            take(incomplete);
        } else if (channel().isWritable()) {
            exchange.body().fail(new RefusedException(408, "the body is incomplete"));
        } else {
            abort();
        }
    }

    @Override
    void abort() {
        Ends.close(channel());
    }

    /** The client has ended its output, which all but a few do by closing the connection. */
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            isInputEnded = true;
            if (goodbye.isSaid()) {
                goodbye.answered();
            } else if (current == null) {
                end(true);
            } else {
                connection().loop().callSoon(this::closeIfAbandoned);
            }
        }
    }

    /** Takes the client for gone if a handler waits, and not for the client. */
    private void closeIfAbandoned() {
        if (current != null && following.isEmpty() && channel().isWritable()) {
            abort();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        patience.stop();
        goodbye.stop();
        dropFollowing();
        dropBody();
        channelWritabilityChanged(context);
    }

    // ---- another protocol

    /** Gives the connection to {@code link}, with what has come and is not decoded. */
    void switchTo(WebSocketLink link, HttpResponse agreement) {
        ChannelPipeline pipeline = channel().pipeline();
        write(agreement);
        flush();
        patience.stop();
        webSocket = link;
        pipeline.addLast(link);
        pipeline.remove(this);
        pipeline.remove(encoder);
        pipeline.remove(decoder); // passes on what has come
        channel().config().setAutoRead(true);
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
