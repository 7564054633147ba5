package dev.weft.benchmarks.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import io.netty.util.ReferenceCountUtil;

/** Answers each request of a connection at once, and sends the answers of a batch together. */
final class NettyHttp extends ChannelInboundHandlerAdapter {
    static final AsciiString TEXT_TYPE = AsciiString.cached(Answers.TEXT_TYPE);
    static final AsciiString JSON_TYPE = AsciiString.cached(Answers.JSON_TYPE);

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the void promise reports a failure itself
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest request) {
            FullHttpResponse response =
                    switch (request.uri()) {
                        case Answers.TEXT_PATH -> response(TEXT_TYPE, Answers.TEXT);
                        case Answers.JSON_PATH -> response(JSON_TYPE, Answers.json());
                        default -> notFound();
                    };
            context.write(response, context.voidPromise());
        }
        ReferenceCountUtil.release(message);
    }

    private static FullHttpResponse response(AsciiString type, byte[] bytes) {
        ByteBuf body = Unpooled.wrappedBuffer(bytes);
        HttpHeaders headers =
                DefaultHttpHeadersFactory.headersFactory().withValidation(false).newHeaders();
        headers.add(HttpHeaderNames.CONTENT_TYPE, type);
        headers.add(HttpHeaderNames.DATE, Answers.date());
        headers.add(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(bytes.length));
        return new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.OK,
                body,
                headers,
                EmptyHttpHeaders.INSTANCE);
    }

    private static FullHttpResponse notFound() {
        FullHttpResponse response =
                new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1, HttpResponseStatus.NOT_FOUND, Unpooled.EMPTY_BUFFER);
        response.headers().add(HttpHeaderNames.CONTENT_LENGTH, "0");
        return response;
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        context.flush();
    }

    /** The load generator closes its connections with requests under way. */
    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the connection is gone
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
