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
import java.util.BitSet;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The checks of a request's head that the decoder does not make. */
final class Heads {
    /** A field of an old WebSocket, with which the decoder assumes a body of 8 bytes. */
    private static final AsciiString OLD_WEB_SOCKET = AsciiString.cached("sec-websocket-key1");

    private static final int LENGTH_OF_HOST = HttpHeaderNames.HOST.length();
    private static final int LENGTH_OF_EXPECT = HttpHeaderNames.EXPECT.length();
    private static final int LENGTH_OF_LENGTH = HttpHeaderNames.CONTENT_LENGTH.length();
    private static final int LENGTH_OF_ENCODING = HttpHeaderNames.TRANSFER_ENCODING.length();

    /** The number of digits with which a length fits into a long. */
    private static final int MOST_DIGITS = 18;

    private static final char DELETE = 0x7f;
    private static final BitSet NOT_IN_HOST = setOf("/\\?#@<>\"^`{|}");

    private int hosts;
    private int encodings;
    private boolean isOldWebSocket;
    private @Nullable CharSequence host;
    private @Nullable CharSequence length;
    private @Nullable CharSequence encoding;
    private @Nullable CharSequence expectation;

    private Heads() {}

    private static BitSet setOf(String letters) {
        BitSet set = new BitSet();
        letters.chars().forEach(set::set);
        return set;
    }

    static void check(HttpRequest head, Settings settings, boolean isHttp2)
            throws RefusedException {
        if (head.decoderResult().isFailure()) {
            throw malformed(head.decoderResult().cause());
        }
        Heads fields = new Heads();
        fields.collect(head.headers());
        if (!isHttp2) {
            checkSize(head, settings.maxHeader());
            checkVersion(head.protocolVersion());
        }
        fields.checkHost(!isHttp2 && head.protocolVersion().equals(HttpVersion.HTTP_1_1));
        fields.checkLength(head.protocolVersion(), isHttp2);
        fields.checkExpectation();
        fields.checkBody(settings.maxBody());
    }

    /** Looks at each field once: this runs for each request. */
    private void collect(HttpHeaders headers) {
        Iterator<Map.Entry<CharSequence, CharSequence>> all = headers.iteratorCharSequence();
        while (all.hasNext()) {
            Map.Entry<CharSequence, CharSequence> field = all.next();
            CharSequence name = field.getKey();
            int size = name.length();
            if (size == LENGTH_OF_HOST && HttpHeaderNames.HOST.contentEqualsIgnoreCase(name)) {
                hosts++;
                host = field.getValue();
            } else if (size == LENGTH_OF_LENGTH
                    && HttpHeaderNames.CONTENT_LENGTH.contentEqualsIgnoreCase(name)) {
                length = length == null ? field.getValue() : length;
            } else if (size == LENGTH_OF_ENCODING
                    && HttpHeaderNames.TRANSFER_ENCODING.contentEqualsIgnoreCase(name)) {
                encodings++;
                encoding = field.getValue();
            } else if (size == LENGTH_OF_EXPECT
                    && HttpHeaderNames.EXPECT.contentEqualsIgnoreCase(name)) {
                expectation = expectation == null ? field.getValue() : expectation;
            } else if (size == OLD_WEB_SOCKET.length()) {
                isOldWebSocket |= OLD_WEB_SOCKET.contentEqualsIgnoreCase(name);
            }
        }
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

    private void checkHost(boolean isNeeded) throws RefusedException {
        if (hosts > 1 || (hosts == 0 && isNeeded)) {
            throw new RefusedException(400, "a request has one Host");
        }
        if (host != null && !isHost(host)) {
            throw new RefusedException(400, "malformed Host");
        }
    }

    /** Returns whether each letter may be in a host with its port. */
    private static boolean isHost(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (letter <= ' ' || letter >= DELETE || NOT_IN_HOST.get(letter)) {
                return false;
            }
        }
        return true;
    }

    private void checkLength(HttpVersion version, boolean isHttp2) throws RefusedException {
        if (length != null && !isNumber(length)) {
            throw new RefusedException(400, "malformed Content-Length");
        }
        if (isOldWebSocket) {
            throw new RefusedException(400, "this WebSocket is not supported");
        }
        if (encodings == 0 || isHttp2) {
            return;
        }
        if (length != null || version.equals(HttpVersion.HTTP_1_0)) {
            throw new RefusedException(400, "Transfer-Encoding is not allowed here");
        }
        if (encodings != 1 || !HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(encoding)) {
            throw new RefusedException(501, "the transfer encoding is not supported");
        }
    }

    private static boolean isNumber(CharSequence text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private void checkExpectation() throws RefusedException {
        if (expectation != null
                && !HttpHeaderValues.CONTINUE.contentEqualsIgnoreCase(expectation)) {
            throw new RefusedException(417, "the expectation is not supported");
        }
    }

    private void checkBody(long limit) throws RefusedException {
        if (length != null
                && (length.length() > MOST_DIGITS || Long.parseLong(length.toString()) > limit)) {
            throw new RefusedException(413, "the body has more than " + limit + " bytes");
        }
    }
}
