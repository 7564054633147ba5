package dev.weft.http;

import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMessageDecoderResult;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.AsciiString;
import java.util.List;

/** The checks of a request's head that the decoder does not make. */
final class Heads {
    /** A field of an old WebSocket, with which the decoder assumes a body of 8 bytes. */
    private static final AsciiString OLD_WEB_SOCKET = AsciiString.cached("sec-websocket-key1");

    private static final char DELETE = 0x7f;
    private static final String NOT_IN_HOST = "/\\?#@<>\"^`{|}";

    private Heads() {}

    static void check(HttpRequest head, Settings settings, boolean isHttp2)
            throws RefusedException {
        if (head.decoderResult().isFailure()) {
            throw malformed(head.decoderResult().cause());
        }
        if (!isHttp2) {
            checkSize(head, settings.maxHeader());
            checkVersion(head.protocolVersion());
            checkHost(head);
        }
        checkLength(head, isHttp2);
        checkExpectation(head);
        checkBody(head, settings.maxBody());
    }

    private static RefusedException malformed(Throwable cause) {
        if (cause instanceof RefusedException refused) {
            return refused;
        }
        if (cause instanceof TooLongHttpLineException) {
            return new RefusedException(414, "the request line is too long");
        }
        if (cause instanceof TooLongFrameException) {
            return new RefusedException(431, "the header is too large");
        }
        return new RefusedException(400, "malformed request");
    }

    private static void checkSize(HttpRequest head, int limit) throws RefusedException {
        if (head.decoderResult() instanceof HttpMessageDecoderResult size
                && size.totalSize() > limit) {
            throw new RefusedException(431, "the header is too large");
        }
    }

    private static void checkVersion(HttpVersion version) throws RefusedException {
        if (!version.equals(HttpVersion.HTTP_1_1) && !version.equals(HttpVersion.HTTP_1_0)) {
            throw version.protocolName().equals("HTTP")
                    ? new RefusedException(505, "HTTP/1.0 and HTTP/1.1 are supported")
                    : new RefusedException(400, "malformed version");
        }
    }

    private static void checkHost(HttpRequest head) throws RefusedException {
        List<String> hosts = head.headers().getAll(HttpHeaderNames.HOST);
        boolean isRequired = head.protocolVersion().equals(HttpVersion.HTTP_1_1);
        if (hosts.size() > 1 || (isRequired && hosts.isEmpty())) {
            throw new RefusedException(400, "a request has one Host");
        }
        if (!hosts.isEmpty() && !hosts.get(0).chars().allMatch(Heads::isInHost)) {
            throw new RefusedException(400, "malformed Host");
        }
    }

    /** Returns whether a host with its port may contain the letter. */
    private static boolean isInHost(int letter) {
        return letter > ' ' && letter < DELETE && NOT_IN_HOST.indexOf(letter) < 0;
    }

    private static void checkLength(HttpRequest head, boolean isHttp2) throws RefusedException {
        HttpHeaders headers = head.headers();
        String length = headers.get(HttpHeaderNames.CONTENT_LENGTH);
        if (length != null && !isNumber(length)) {
            throw new RefusedException(400, "malformed Content-Length");
        }
        List<String> encodings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
        if (headers.contains(OLD_WEB_SOCKET)) {
            throw new RefusedException(400, "this WebSocket is not supported");
        }
        if (encodings.isEmpty() || isHttp2) {
            return;
        }
        if (length != null || head.protocolVersion().equals(HttpVersion.HTTP_1_0)) {
            throw new RefusedException(400, "Transfer-Encoding is not allowed here");
        }
        if (encodings.size() != 1
                || !HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(encodings.get(0))) {
            throw new RefusedException(501, "the transfer encoding is not supported");
        }
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static void checkExpectation(HttpRequest head) throws RefusedException {
        String expected = head.headers().get(HttpHeaderNames.EXPECT);
        if (expected != null && !HttpHeaderValues.CONTINUE.contentEqualsIgnoreCase(expected)) {
            throw new RefusedException(417, "the expectation is not supported");
        }
    }

    private static void checkBody(HttpRequest head, long limit) throws RefusedException {
        String length = head.headers().get(HttpHeaderNames.CONTENT_LENGTH);
        int digits = 18;
        if (length != null && (length.length() > digits || Long.parseLong(length) > limit)) {
            throw new RefusedException(413, "the body has more than " + limit + " bytes");
        }
    }
}
