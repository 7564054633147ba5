package dev.weft.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;
import org.jspecify.annotations.Nullable;

/**
 * The encoder of answers, which leaves out the body of an answer to HEAD. Small answers are written
 * into one buffer until the next flush, because a buffer for each of them takes more time than its
 * text.
 */
final class Http1Encoder extends HttpResponseEncoder {
    /** The largest body that is copied. */
    private static final int LARGEST_COPY = 2_048;

    /** The size of a batch above which it is passed on before the flush. */
    private static final int LARGEST_BATCH = 16_384;

    private static final int LEAST_BATCH = 512;
    private static final int END_OF_LINE = '\r' << 8 | '\n';

    private boolean isHead;

    /** The answers that are not passed on; null if there is none. */
    private @Nullable ByteBuf batch;

    /** The size of the last batch, which the next one is likely to have too. */
    private int likely = LEAST_BATCH;

    /** Sets whether the next head answers HEAD. */
    void setHead(boolean on) {
        isHead = on;
    }

    @Override
    protected boolean isContentAlwaysEmpty(HttpResponse head) {
        return (isHead && head.status().code() >= 200) || super.isContentAlwaysEmpty(head);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise)
            throws Exception {
        if (promise.isVoid()
                && message instanceof DefaultFullHttpResponse answer
                && answer.content().readableBytes() <= LARGEST_COPY) {
            add(context, answer);
        } else {
            passOn(context);
            super.write(context, message, promise);
        }
    }

    private void add(ChannelHandlerContext context, DefaultFullHttpResponse answer)
            throws Exception {
        ByteBuf all = batch;
        if (all == null) {
            all = context.alloc().ioBuffer(likely);
            batch = all;
        }
        int start = all.writerIndex();
        try {
            encode(answer, all);
        } catch (Throwable failure) {
            all.writerIndex(start);
            throw failure;
        } finally {
            answer.release();
        }
        if (all.readableBytes() > LARGEST_BATCH) {
            passOn(context);
        }
    }

    private void encode(DefaultFullHttpResponse answer, ByteBuf out) throws Exception {
        boolean isEmpty = isContentAlwaysEmpty(answer);
        encodeInitialLine(out, answer);
        sanitizeHeadersBeforeEncode(answer, isEmpty);
        encodeHeaders(answer.headers(), out);
        out.writeShort(END_OF_LINE);
        if (!isEmpty) {
            out.writeBytes(answer.content());
        }
    }

    private void passOn(ChannelHandlerContext context) {
        ByteBuf all = batch;
        if (all != null) {
            batch = null;
            likely = Math.max(LEAST_BATCH, Math.min(all.readableBytes(), LARGEST_BATCH));
            var unused = context.write(all, context.voidPromise());
        }
    }

    @Override
    public void flush(ChannelHandlerContext context) {
        passOn(context);
        context.flush();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        if (batch != null) {
            batch.release();
            batch = null;
        }
    }
}
