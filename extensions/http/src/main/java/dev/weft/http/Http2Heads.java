package dev.weft.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import org.jspecify.annotations.Nullable;

/**
 * Refuses the heads of a stream that are no request and no trailer. The converter of Netty would
 * take a head without a method for the end of a body, and leaks a buffer when a method or a path is
 * malformed.
 */
final class Http2Heads extends ChannelInboundHandlerAdapter {
    private static final String IN_TOKEN = "!#$%&'*+-.^_`|~";
    private static final char LAST_ASCII = 0x7f;

    /** True after the head of the request. */
    private boolean hasBegun;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!(message instanceof Http2HeadersFrame frame)) {
            context.fireChannelRead(message);
            return;
        }
        Http2Headers head = frame.headers();
        boolean isUsable = hasBegun ? isTrailer(head) : isRequest(head);
        hasBegun = true;
        if (isUsable) {
            context.fireChannelRead(message);
        } else {
            Ends.writeAndFlush(
                    context.channel(), new DefaultHttp2ResetFrame(Http2Error.PROTOCOL_ERROR));
        }
    }

    private static boolean isTrailer(Http2Headers head) {
        return head.method() == null && head.status() == null;
    }

    private static boolean isRequest(Http2Headers head) {
        CharSequence method = head.method();
        boolean isConnect = HttpMethod.CONNECT.asciiName().contentEqualsIgnoreCase(method);
        return head.status() == null
                && isToken(method)
                && isTarget(isConnect ? head.authority() : head.path());
    }

    private static boolean isToken(@Nullable CharSequence method) {
        return method != null
                && method.length() > 0
                && method.chars().allMatch(Http2Heads::isInToken);
    }

    private static boolean isInToken(int letter) {
        return (letter <= LAST_ASCII && Character.isLetterOrDigit(letter))
                || IN_TOKEN.indexOf(letter) >= 0;
    }

    private static boolean isTarget(@Nullable CharSequence target) {
        return target != null && HttpUtil.isEncodingSafeStartLineToken(target);
    }
}
