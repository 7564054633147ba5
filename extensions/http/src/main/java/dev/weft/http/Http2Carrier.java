package dev.weft.http;

import dev.weft.Coroutine;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.HttpConversionUtil.ExtensionHeaderNames;
import org.jspecify.annotations.Nullable;

/** A stream of HTTP/2, which carries one request. */
final class Http2Carrier extends Carrier {
    /** The largest rest of a body that is read after the answer. */
    private static final int LARGEST_REST = 65_536;

    private final Http2Link link;

    /** Null until the client has to be waited for. */
    private @Nullable Patience patience;

    private long discarded;
    private boolean isReset;

    Http2Carrier(Http2Link link, Channel channel) {
        super(link.connection(), channel);
        this.link = link;
    }

    @Override
    boolean isHttp2() {
        return true;
    }

    @Override
    Patience patience() {
        Patience made = patience;
        if (made == null) {
            made =
                    new Patience(
                            connection().loop(),
                            channel(),
                            settings().idleTimeout(),
                            this::expired);
            patience = made;
        }
        return made;
    }

    private void expired() {
        if (isReset) { // which the client has not read: it reads nothing of the connection
            Ends.close(channel().parent());
            return;
        }
        Exchange exchange = current;
        if (exchange != null && channel().isWritable()) {
            exchange.body().fail(new RefusedException(408, "the body is incomplete"));
        } else {
            abort();
        }
    }

    // ---- input

    @Override
    void arrived(Exchange exchange) {
        current = exchange;
        exchange.beginTurn();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest head) {
            removeInternals(head.headers());
        }
        take(message);
    }

    /** Removes what Netty adds, and a client might send. */
    private static void removeInternals(HttpHeaders headers) {
        for (ExtensionHeaderNames name : ExtensionHeaderNames.values()) {
            headers.remove(name.text());
        }
        headers.remove(HttpHeaderNames.TRANSFER_ENCODING);
    }

    @Override
    void decideReading() {
        channel().config().setAutoRead(hasRoom());
    }

    @Override
    void discarded(int bytes, boolean isLast) {
        discarded += bytes;
        if (!isLast && discarded > LARGEST_REST) {
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
        write(head);
    }

    @Override
    void answered(Exchange exchange) {
        current = null;
        if (channel().isActive()) {
            link.flushLater();
            decideReading();
            patience().begin(); // for the rest of the body, and for the client to read
        }
    }

    // ---- the end

    @Override
    void abort() {
        reset(isAnswered() ? Http2Error.NO_ERROR : Http2Error.INTERNAL_ERROR);
    }

    /** Returns whether the answer is sent completely, so that the client may keep it. */
    private boolean isAnswered() {
        return channel() instanceof Http2StreamChannel stream
                && stream.stream().state() == Http2Stream.State.HALF_CLOSED_LOCAL;
    }

    private void reset(Http2Error reason) {
        if (channel().isActive()) {
            isReset = true;
            channel().parent().flush(); // an answer that is written, before the reset drops it
            patience().begin();
            Ends.writeAndFlush(channel(), new DefaultHttp2ResetFrame(reason));
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (patience != null) {
            patience.stop();
        }
        dropBody();
        channelWritabilityChanged(context);
        if (current != null) {
            current.cancel();
        }
    }

    @Override
    Coroutine<Void> leave(Exchange exchange) {
        throw new UnsupportedOperationException("a WebSocket needs HTTP/1.1");
    }
}
