package dev.weft.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.DefaultHttp2Connection;
import io.netty.handler.codec.http2.DefaultHttp2RemoteFlowController;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2Connection.PropertyKey;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2ConnectionHandlerBuilder;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2EventAdapter;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A connection with HTTP/2, which has a {@link Http2Carrier} for each stream. */
final class Http2Link extends ChannelInboundHandlerAdapter {
    private static final int MOST_STREAMS = 100;

    /**
     * The size of the connection's window beyond that of a stream. Streams whose handlers do not
     * read leave room for the others.
     */
    private static final int MORE_WINDOW = (MOST_STREAMS - 1) * Http2CodecUtil.DEFAULT_WINDOW_SIZE;

    /** The number of streams that a client may reset in {@link #RESET_SECONDS}. */
    private static final int MOST_RESETS = 200;

    private static final int RESET_SECONDS = 30;

    private final Connection connection;
    private final Channel channel;
    private final Patience patience;
    private final Http2ConnectionHandler codec;

    /** The property of a stream that is its {@link Http2Carrier}. */
    private final PropertyKey carrierKey;

    /** The context of the codec, in which frames are written. */
    private final ChannelHandlerContext context;

    /** The streams whose answers are written and not flushed. */
    private List<Http2Carrier> answered = new ArrayList<>();

    private int streams;
    private boolean isEnding;
    private boolean isClosing;

    /** True if frames are written that are not flushed. */
    private boolean isFlushDue;

    private Http2Link(Connection connection, Channel channel) {
        this.connection = connection;
        this.channel = channel;
        this.patience =
                new Patience(
                        connection.loop(), channel, connection.settings().idleTimeout(), this::end);
        Http2Settings settings =
                Http2Settings.defaultSettings()
                        .maxConcurrentStreams(MOST_STREAMS)
                        .maxHeaderListSize(connection.settings().maxHeader());
        Http2Connection streams = new DefaultHttp2Connection(true);
        streams.remote() // does not sort by the weights of streams, which RFC 9113 has given up
                .flowController(
                        new DefaultHttp2RemoteFlowController(
                                streams, new Http2Shares(streams, this::carrier)));
        streams.remote().maxActiveStreams(MOST_STREAMS); // the client may never agree
        Streams events = new Streams();
        streams.addListener(events);
        this.codec =
                new Http2ConnectionHandlerBuilder()
                        .connection(streams)
                        .initialSettings(settings)
                        .frameListener(events)
                        .gracefulShutdownTimeoutMillis(0)
                        .decoderEnforceMaxRstFramesPerWindow(MOST_RESETS, RESET_SECONDS)
                        .build();
        carrierKey = streams.newKey();
        channel.pipeline().addLast(codec, this);
        context = channel.pipeline().context(codec);
    }

    /** Adds the handlers of HTTP/2 to the pipeline. */
    static void install(Connection connection, Channel channel) {
        Http2Link link = new Http2Link(connection, channel);
        link.openWindow();
        link.patience.begin();
        connection.whenDraining(link::drain);
    }

    private void openWindow() {
        try {
            codec.connection()
                    .local()
                    .flowController()
                    .incrementWindowSize(codec.connection().connectionStream(), MORE_WINDOW);
        } catch (Http2Exception impossible) {
            throw new IllegalStateException("the window of a new connection", impossible);
        }
        channel.flush();
    }

    Connection connection() {
        return connection;
    }

    ByteBufAllocator allocator() {
        return channel.alloc();
    }

    // ---- streams

    private @Nullable Http2Carrier carrier(Http2Stream stream) {
        return stream.getProperty(carrierKey);
    }

    /** The events of the codec. */
    private final class Streams extends Http2EventAdapter {
        @Override
        public void onHeadersRead(
                ChannelHandlerContext context,
                int id,
                Http2Headers head,
                int padding,
                boolean isLast)
                throws Http2Exception {
            Http2Stream stream = codec.connection().stream(id);
            Http2Carrier carrier = carrier(stream);
            if (carrier == null) {
                begin(stream, head, isLast);
            } else if (!isLast || !Http2Heads.isTrailer(head)) {
                throw malformed(id, null);
            } else if (carrier.isOpen()) {
                carrier.takeEnd();
            }
        }

        @Override
        public void onHeadersRead(
                ChannelHandlerContext context,
                int id,
                Http2Headers head,
                int dependency,
                short weight,
                boolean isExclusive,
                int padding,
                boolean isLast)
                throws Http2Exception {
            onHeadersRead(context, id, head, padding, isLast);
        }

        private void begin(Http2Stream stream, Http2Headers head, boolean isLast)
                throws Http2Exception {
            if (!Http2Heads.isRequest(head)) {
                throw malformed(stream.id(), null);
            }
            Http2Carrier carrier = new Http2Carrier(Http2Link.this, stream);
            stream.setProperty(carrierKey, carrier);
            streams++;
            patience.end();
            try {
                carrier.takeHead(head, isLast);
            } catch (IllegalArgumentException malformed) {
                throw malformed(stream.id(), malformed);
            }
        }

        private Http2Exception malformed(int id, @Nullable Throwable cause) {
            return Http2Exception.streamError(
                    id, Http2Error.PROTOCOL_ERROR, cause, "malformed head");
        }

        @Override
        public int onDataRead(
                ChannelHandlerContext context, int id, ByteBuf data, int padding, boolean isLast) {
            Http2Carrier carrier = carrier(codec.connection().stream(id));
            if (carrier == null || !carrier.isOpen()) {
                return data.readableBytes() + padding; // nobody reads it
            }
            carrier.takeData(data, padding, isLast);
            return 0; // given back when it is read
        }

        @Override
        public void onStreamHalfClosed(Http2Stream stream) {
            Http2Carrier carrier = carrier(stream);
            if (carrier != null && stream.state() == Http2Stream.State.HALF_CLOSED_LOCAL) {
                connection.loop().callSoon(carrier::endRest); // the codec is writing
            }
        }

        @Override
        public void onStreamClosed(Http2Stream stream) {
            Http2Carrier carrier = stream.removeProperty(carrierKey);
            if (carrier != null) {
                carrier.closed();
                streamEnded();
            }
        }
    }

    private void streamEnded() {
        streams--;
        if (streams == 0) {
            if (isEnding) {
                closeAfterOutput();
            } else {
                patience.begin();
            }
        }
    }

    // ---- for the streams

    /** Writes a head. */
    void write(Http2Stream stream, Http2Headers head, boolean isLast) {
        var unused =
                codec.encoder()
                        .writeHeaders(context, stream.id(), head, 0, isLast, context.newPromise());
    }

    /** Writes a part of a body. */
    void write(Http2Stream stream, ByteBuf data, boolean isLast) {
        var unused =
                codec.encoder()
                        .writeData(context, stream.id(), data, 0, isLast, context.newPromise());
    }

    void reset(Http2Stream stream, Http2Error reason) {
        var unused =
                codec.encoder()
                        .writeRstStream(context, stream.id(), reason.code(), context.newPromise());
        channel.flush();
    }

    /** Returns whether the client may send no more data in the stream. */
    boolean isWindowUsed(Http2Stream stream) {
        return codec.connection().local().flowController().windowSize(stream) <= 0;
    }

    /** Lets the client send as many bytes again. */
    void giveBack(Http2Stream stream, int bytes) {
        try {
            if (codec.connection().local().flowController().consumeBytes(stream, bytes)) {
                flushLater();
            }
        } catch (Http2Exception failure) {
            codec.onError(context, true, failure);
        }
    }

    /** Records an answer, which is flushed together with those of other streams. */
    void answered(Http2Carrier carrier) {
        answered.add(carrier);
        flushLater();
    }

    /** Flushes after the tasks that can run now, so that their answers go out together. */
    private void flushLater() {
        if (!isFlushDue) {
            isFlushDue = true;
            connection.loop().callSoon(this::flushAnswers);
        }
    }

    private void flushAnswers() {
        isFlushDue = false;
        List<Http2Carrier> flushed = answered;
        answered = new ArrayList<>();
        channel.flush();
        flushed.forEach(Http2Carrier::answerFlushed);
    }

    void flush() {
        channel.flush();
    }

    // ---- the end

    /** Takes no more streams, and closes the connection when those under way have ended. */
    private void drain() {
        isEnding = true;
        var unused =
                codec.goAway(
                        context,
                        codec.connection().remote().lastStreamCreated(),
                        Http2Error.NO_ERROR.code(),
                        Unpooled.EMPTY_BUFFER,
                        context.newPromise());
        channel.flush();
        if (streams == 0) {
            closeAfterOutput();
        }
    }

    private void closeAfterOutput() {
        isClosing = true;
        Ends.closeAfterOutput(channel);
        patience.begin(); // for the client to read
    }

    /** Closes the connection at once. */
    void close() {
        Ends.close(channel);
    }

    /** Ends a connection that has had no stream for too long, or that cannot be closed. */
    private void end() {
        if (isClosing) {
            close();
        } else if (streams == 0) {
            drain();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ReferenceCountUtil.release(message);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        Connection.log(cause);
        if (Http2CodecUtil.getEmbeddedHttp2Exception(cause)
                == null) { // otherwise the codec ends it
            close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        patience.stop();
    }
}
