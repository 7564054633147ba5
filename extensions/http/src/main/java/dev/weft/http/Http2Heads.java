package dev.weft.http;

import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The heads of HTTP/2: their checks, and their conversion from and to those of HTTP/1.1. */
final class Http2Heads {
    private static final String IN_TOKEN = "!#$%&'*+-.^_`|~";
    private static final char LAST_ASCII = 0x7f;

    /** The fields of HTTP/1.1 that are about its connection, in lower case. */
    private static final Set<AsciiString> OF_CONNECTION =
            Set.of(
                    HttpHeaderNames.CONNECTION,
                    AsciiString.cached("keep-alive"),
                    AsciiString.cached("proxy-connection"),
                    HttpHeaderNames.TRANSFER_ENCODING,
                    HttpHeaderNames.UPGRADE);

    private Http2Heads() {}

    // ---- requests

    /** Returns whether a head after the first one of its stream ends a body. */
    static boolean isTrailer(Http2Headers head) {
        return head.method() == null && head.status() == null;
    }

    /** Returns whether the method and the target are well-formed. */
    static boolean isRequest(Http2Headers head) {
        CharSequence method = head.method();
        boolean isConnect = HttpMethod.CONNECT.asciiName().contentEqualsIgnoreCase(method);
        return head.status() == null
                && isToken(method)
                && isTarget(isConnect ? head.authority() : head.path())
                && (isConnect || head.scheme() != null);
    }

    private static boolean isToken(@Nullable CharSequence method) {
        if (method == null || method.length() == 0) {
            return false;
        }
        for (int i = 0; i < method.length(); i++) {
            char letter = method.charAt(i);
            boolean isPlain = letter <= LAST_ASCII && Character.isLetterOrDigit(letter);
            if (!isPlain && IN_TOKEN.indexOf(letter) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isTarget(@Nullable CharSequence target) {
        return target != null && HttpUtil.isEncodingSafeStartLineToken(target);
    }

    /**
     * Returns the fields of a request, with the authority as {@code host} and one field for all
     * cookies. A {@code host} that contradicts the authority stays, as a second one.
     *
     * @throws IllegalArgumentException for a name or a value that HTTP does not allow
     */
    static HttpHeaders fieldsOf(Http2Headers head) {
        HttpHeaders fields = DefaultHttpHeadersFactory.headersFactory().newHeaders();
        CharSequence authority = head.authority();
        if (authority != null) {
            fields.add(HttpHeaderNames.HOST, authority);
        }
        StringBuilder cookies = null;
        for (Map.Entry<CharSequence, CharSequence> field : head) {
            CharSequence name = field.getKey();
            if (HttpHeaderNames.COOKIE.contentEquals(name)) {
                cookies = cookies == null ? new StringBuilder() : cookies.append("; ");
                cookies.append(field.getValue());
            } else if (!isPseudo(name)
                    && !(HttpHeaderNames.HOST.contentEquals(name)
                            && AsciiString.contentEqualsIgnoreCase(authority, field.getValue()))) {
                fields.add(name, field.getValue());
            }
        }
        if (cookies != null) {
            fields.add(HttpHeaderNames.COOKIE, cookies.toString());
        }
        return fields;
    }

    private static boolean isPseudo(CharSequence name) {
        return name.length() > 0 && name.charAt(0) == ':';
    }

    // ---- answers

    /** Returns the head of an answer. */
    static Http2Headers of(HttpResponse answer) {
        HttpHeaders fields = answer.headers();
        Http2Headers head = new DefaultHttp2Headers(false, fields.size());
        head.status(answer.status().codeAsText());
        Iterator<Map.Entry<CharSequence, CharSequence>> all = fields.iteratorCharSequence();
        while (all.hasNext()) {
            Map.Entry<CharSequence, CharSequence> field = all.next();
            AsciiString name = AsciiString.of(field.getKey()).toLowerCase();
            if (!OF_CONNECTION.contains(name)) {
                head.add(name, field.getValue());
            }
        }
        return head;
    }
}
