package dev.weft.http;

import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;

/** The encoder of answers, which leaves out the body of an answer to HEAD. */
final class Http1Encoder extends HttpResponseEncoder {
    private boolean isHead;

    /** Sets whether the next head answers HEAD. */
    void setHead(boolean on) {
        isHead = on;
    }

    @Override
    protected boolean isContentAlwaysEmpty(HttpResponse head) {
        return (isHead && head.status().code() >= 200) || super.isContentAlwaysEmpty(head);
    }
}
