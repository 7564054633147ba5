package dev.weft.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The choice whether an answer is compressed. */
final class Compression {
    static final String VARY = "Accept-Encoding";

    /** The size of a body below which gzip gains nothing. */
    private static final int LEAST = 1_024;

    private static final Set<String> TEXTS =
            Set.of(
                    "application/javascript",
                    "application/json",
                    "application/x-ndjson",
                    "application/xml",
                    "application/wasm",
                    "font/otf",
                    "font/ttf",
                    "image/svg+xml");

    /** Events that come one by one: a stream may live long, and gzip needs 256 KiB. */
    private static final String EVENTS = "text/event-stream";

    private Compression() {}

    /**
     * Returns whether an answer is compressed for clients that accept that.
     *
     * @param length {@code Long.MAX_VALUE} if unknown
     */
    static boolean isFor(Exchange exchange, String type, long length) {
        return exchange.carrier().settings().isCompressed() && length >= LEAST && isText(type);
    }

    private static boolean isText(String type) {
        int end = type.indexOf(';');
        String essence = (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        return (essence.startsWith("text/") && !essence.equals(EVENTS))
                || essence.endsWith("+json")
                || essence.endsWith("+xml")
                || TEXTS.contains(essence);
    }

    /**
     * Changes the header of an answer for compression, if the answer is suitable and the client
     * accepts gzip. Returns whether the body must be compressed.
     */
    static boolean agree(Exchange exchange, int status, HttpHeaders answer, long length) {
        String type = answer.get(HttpHeaderNames.CONTENT_TYPE, "");
        if (!isFor(exchange, type, length)
                || status == 204
                || status == 206
                || status == 304
                || answer.contains(HttpHeaderNames.CONTENT_ENCODING)
                || answer.containsValue(
                        HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_TRANSFORM, true)) {
            return false;
        }
        if (!answer.containsValue(HttpHeaderNames.VARY, VARY, true)) {
            answer.add(HttpHeaderNames.VARY, VARY);
        }
        HttpHeaders asked = exchange.request().head().headers();
        if (!isAccepted(asked.getAll(HttpHeaderNames.ACCEPT_ENCODING))) {
            return false;
        }
        answer.set(HttpHeaderNames.CONTENT_ENCODING, HttpHeaderValues.GZIP);
        answer.remove(HttpHeaderNames.CONTENT_LENGTH);
        answer.remove(HttpHeaderNames.ACCEPT_RANGES);
        String tag = answer.get(HttpHeaderNames.ETAG);
        if (tag != null) {
            answer.set(HttpHeaderNames.ETAG, Validators.weakened(tag));
        }
        return true;
    }

    /** Returns whether gzip is accepted, and not less than the content as it is. */
    static boolean isAccepted(List<String> accepted) {
        Double gzip = null;
        Double identity = null;
        Double others = null;
        for (String value : accepted) {
            for (String element : value.split(",", -1)) {
                int end = element.indexOf(';');
                String coding =
                        (end < 0 ? element : element.substring(0, end))
                                .strip()
                                .toLowerCase(Locale.ROOT);
                double quality = end < 0 ? 1 : quality(element.substring(end + 1));
                switch (coding) {
                    case "gzip", "x-gzip" -> gzip = quality;
                    case "identity" -> identity = quality;
                    case "*" -> others = quality;
                    default -> {}
                }
            }
        }
        double best = first(gzip, others);
        return best > 0 && best >= first(identity, null);
    }

    private static double first(@Nullable Double named, @Nullable Double others) {
        return named != null ? named : others != null ? others : 0;
    }

    /** Returns the value of {@code q=0.5}; 0 if malformed. */
    private static double quality(String parameter) {
        String text = parameter.strip();
        boolean isQuality = text.regionMatches(true, 0, "q=", 0, 2);
        String number = isQuality ? text.substring(2).strip() : "";
        boolean isShort = !number.isEmpty() && number.length() <= "0.000".length();
        boolean isNumber = number.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
        int dots = number.length() - number.replace(".", "").length();
        return isShort && isNumber && dots <= 1 && !number.equals(".")
                ? Double.parseDouble(number)
                : 0;
    }
}
