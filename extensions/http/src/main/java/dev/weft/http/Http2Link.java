package dev.weft.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.DefaultHttp2WindowUpdateFrame;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.util.ReferenceCountUtil;

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

    /** The number of CONTINUATION frames without a useful size. */
    private static final int MOST_CONTINUATIONS = 16;

    private final Connection connection;
    private final Channel channel;
    private final Patience patience;
    private int streams;
    private boolean isEnding;
    private boolean isClosing;

    /** True if answers are written that are not flushed. */
    private boolean isFlushDue;

    private Http2Link(Connection connection, Channel channel) {
        this.connection = connection;
        this.channel = channel;
        this.patience =
                new Patience(
                        connection.loop(), channel, connection.settings().idleTimeout(), this::end);
    }

    /** Adds the handlers of HTTP/2 to the pipeline. */
    static void install(Connection connection, Channel channel) {
        Http2Link link = new Http2Link(connection, channel);
        Http2Settings settings =
                Http2Settings.defaultSettings()
                        .maxConcurrentStreams(MOST_STREAMS)
                        .maxHeaderListSize(connection.settings().maxHeader());
        Http2FrameCodec codec =
                Http2FrameCodecBuilder.forServer()
                        .initialSettings(settings)
                        .gracefulShutdownTimeoutMillis(0)
                        .decoderEnforceMaxRstFramesPerWindow(MOST_RESETS, RESET_SECONDS)
                        .decoderEnforceMaxSmallContinuationFrames(MOST_CONTINUATIONS)
                        .build();
        codec.connection().remote().maxActiveStreams(MOST_STREAMS); // the client may never agree
        channel.pipeline().addLast(codec, new Http2MultiplexHandler(link.new Streams()), link);
        var unused = channel.write(new DefaultHttp2WindowUpdateFrame(MORE_WINDOW));
        channel.flush();
        link.patience.begin();
        connection.whenDraining(link::drain);
    }

    Connection connection() {
        return connection;
    }

    /** Flushes after the tasks that can run now, so that their answers go out together. */
    void flushLater() {
        if (!isFlushDue) {
            isFlushDue = true;
            connection
                    .loop()
                    .callSoon(
                            () -> {
                                isFlushDue = false;
                                channel.flush();
                            });
        }
    }

    private final class Streams extends ChannelInitializer<Channel> {
        @Override
        protected void initChannel(Channel stream) {
            streams++;
            patience.end();
            stream.closeFuture().addListener(closed -> streamEnded());
            stream.pipeline()
                    .addLast(
                            new Http2Heads(),
                            new Http2StreamFrameToHttpObjectCodec(true),
                            new Http2Carrier(Http2Link.this, stream));
        }

        @Override
        public boolean isSharable() {
            return true;
        }
    }

    private void streamEnded() {
        streams--;
        if (streams == 0) {
            if (isEnding) {
                close();
            } else {
                patience.begin();
            }
        }
    }

    /** Takes no more streams, and closes the connection when those under way have ended. */
    private void drain() {
        isEnding = true;
        Ends.writeAndFlush(channel, new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR));
        if (streams == 0) {
            close();
        }
    }

    private void close() {
        isClosing = true;
        Ends.closeAfterOutput(channel);
        patience.begin(); // for the client to read
    }

    /** Ends a connection that has had no stream for too long, or that cannot be closed. */
    private void end() {
        if (isClosing) {
            Ends.close(channel);
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
            Ends.close(context.channel());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        patience.stop();
    }
}
