package dev.weft.benchmarks.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.util.AsciiString;
import io.netty.util.ReferenceCountUtil;

/** Answers the frames of all streams of a connection: cheaper than a channel for each stream. */
final class NettyHttp2 extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof Http2HeadersFrame request && request.isEndStream()) {
            Http2FrameStream stream = request.stream();
            switch (request.headers().path().toString()) {
                case Answers.TEXT_PATH ->
                        answer(context, stream, NettyHttp.TEXT_TYPE, Answers.TEXT);
                case Answers.JSON_PATH ->
                        answer(context, stream, NettyHttp.JSON_TYPE, Answers.json());
                default -> refuse(context, stream);
            }
        }
        ReferenceCountUtil.release(message);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a failure ends the connection
    private static void answer(
            ChannelHandlerContext context, Http2FrameStream stream, AsciiString type, byte[] body) {
        Http2Headers headers =
                new DefaultHttp2Headers(false)
                        .status(HttpResponseStatus.OK.codeAsText())
                        .add(HttpHeaderNames.CONTENT_TYPE, type)
                        .add(HttpHeaderNames.DATE, Answers.date())
                        .add(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(body.length));
        context.write(new DefaultHttp2HeadersFrame(headers, false).stream(stream));
        context.write(new DefaultHttp2DataFrame(Unpooled.wrappedBuffer(body), true).stream(stream));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a failure ends the connection
    private static void refuse(ChannelHandlerContext context, Http2FrameStream stream) {
        Http2Headers headers =
                new DefaultHttp2Headers(false).status(HttpResponseStatus.NOT_FOUND.codeAsText());
        context.write(new DefaultHttp2HeadersFrame(headers, true).stream(stream));
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        context.flush();
    }
}
