package dev.weft.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The decoder of requests. In addition to that of Netty, refuses header fields that go on in the
 * next line and malformed sizes of chunks, keeps Content-Length beside Transfer-Encoding for the
 * check, and stops after a request for another protocol.
 */
final class Http1Decoder extends HttpRequestDecoder {
    private static final int MOST_HELD = 16_384;

    /** True while a head is decoded, or before the next one. */
    private boolean isInHead = true;

    /** True if the first line of the head was decoded. */
    private boolean isAfterFirstLine;

    /** True if the rest of the connection is unusable. */
    private boolean isBad;

    private boolean isHeld;

    /** The number of bytes that were decoded so far. */
    private long decoded;

    /** Null outside of a chunked body. */
    private @Nullable ChunkSizes chunkSizes;

    private @Nullable ChannelHandlerContext own;

    Http1Decoder(int maxHeader) {
        super(
                new HttpDecoderConfig()
                        .setMaxInitialLineLength(maxHeader)
                        .setMaxHeaderSize(maxHeader)
                        .setMaxChunkSize(65_536));
    }

    /** Returns whether a part of a head has come. */
    boolean hasPartOfHead() {
        return isInHead && !isBad && (isAfterFirstLine || actualReadableBytes() > 0);
    }

    /** Returns whether much has come that is not decoded before the request is answered. */
    boolean holdsMuch() {
        return isHeld && actualReadableBytes() > MOST_HELD;
    }

    /** Returns the number of bytes that were decoded so far. */
    long decoded() {
        return decoded;
    }

    /** Goes on after a request for another protocol that was answered in this one. */
    void goOn() {
        if (isHeld && own != null) {
            isHeld = false;
            try {
                channelRead(own, Unpooled.EMPTY_BUFFER);
            } catch (Exception failure) {
                own.fireExceptionCaught(failure);
            }
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) throws Exception {
        own = context;
        super.handlerAdded(context);
    }

    /** Keeps what is held, which the decoder of Netty would drop. */
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
        if (isHeld) {
            context.fireUserEventTriggered(event);
        } else {
            super.userEventTriggered(context, event);
        }
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf buffer, List<Object> out)
            throws Exception {
        if (isHeld) {
            return;
        }
        if (isBad) {
            buffer.skipBytes(buffer.readableBytes());
        } else if (isInHead && isContinued(buffer)) {
            refuse(buffer, out);
        } else {
            decodePart(context, buffer, out);
        }
    }

    private void decodePart(ChannelHandlerContext context, ByteBuf buffer, List<Object> out)
            throws Exception {
        ChunkSizes sizes = chunkSizes;
        if (sizes != null && !sizes.accepts(buffer)) {
            refuseChunk(buffer, out);
            return;
        }
        int before = out.size();
        int start = buffer.readerIndex();
        super.decode(context, buffer, out);
        int consumed = buffer.readerIndex() - start;
        decoded += consumed;
        if (sizes != null) {
            sizes.consumed(consumed);
        }
        look(out, before);
    }

    private void refuseChunk(ByteBuf buffer, List<Object> out) {
        isBad = true;
        buffer.skipBytes(buffer.readableBytes());
        LastHttpContent refused = new DefaultLastHttpContent(Unpooled.EMPTY_BUFFER);
        refused.setDecoderResult(
                DecoderResult.failure(new IllegalArgumentException("malformed size of a chunk")));
        out.add(refused);
    }

    /** Tests classes and not interfaces, which costs far less. */
    private void look(List<Object> out, int before) {
        boolean isForOtherProtocol = false;
        for (int i = before; i < out.size(); i++) {
            Object message = out.get(i);
            if (message instanceof DefaultHttpRequest request) {
                isInHead = false;
                isAfterFirstLine = false;
                isBad = request.decoderResult().isFailure();
                chunkSizes = isChunked(request) ? new ChunkSizes() : null;
                isForOtherProtocol =
                        request.headers().contains(HttpHeaderNames.UPGRADE)
                                && request.headers()
                                        .containsValue(
                                                HttpHeaderNames.UPGRADE,
                                                HttpHeaderValues.WEBSOCKET,
                                                true);
            }
            if (message == LastHttpContent.EMPTY_LAST_CONTENT
                    || message instanceof DefaultLastHttpContent
                    || message instanceof DefaultFullHttpRequest) {
                isInHead = true;
                chunkSizes = null;
                isBad |= ((HttpObject) message).decoderResult().isFailure();
                isHeld = isForOtherProtocol && !isBad;
            }
        }
    }

    private static boolean isChunked(HttpRequest request) {
        return request.headers().contains(HttpHeaderNames.TRANSFER_ENCODING)
                && HttpUtil.isTransferEncodingChunked(request);
    }

    private void refuse(ByteBuf buffer, List<Object> out) {
        isBad = true;
        buffer.skipBytes(buffer.readableBytes());
        HttpRequest refused =
                new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/bad-request");
        refused.setDecoderResult(
                DecoderResult.failure(
                        new IllegalArgumentException("a header field goes on in the next line")));
        out.add(refused);
    }

    /** Returns whether a line of the head begins with white space. */
    private boolean isContinued(ByteBuf buffer) {
        int start = buffer.readerIndex();
        int end = buffer.writerIndex();
        boolean isAfterLine = isAfterFirstLine;
        while (start < end) {
            byte first = buffer.getByte(start);
            if (isAfterLine && (first == ' ' || first == '\t')) {
                return true;
            }
            int lineEnd = buffer.indexOf(start, end, (byte) '\n');
            boolean isEmpty = first == '\r' || first == '\n';
            if (lineEnd < 0 || (isEmpty && isAfterLine)) {
                return false;
            }
            isAfterLine |= !isEmpty;
            start = lineEnd + 1;
        }
        return false;
    }

    @Override
    protected HttpMessage createMessage(String[] firstLine) throws Exception {
        isAfterFirstLine = true;
        if (firstLine[2].startsWith("http/")) {
            throw new IllegalArgumentException("the version is in lower case");
        }
        return super.createMessage(firstLine);
    }

    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        // the check of the head refuses the request
    }
}
