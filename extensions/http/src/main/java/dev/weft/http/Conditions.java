package dev.weft.http;

import io.netty.handler.codec.DateFormatter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The conditions of a request with GET or HEAD, in the order of RFC 9110, section 13.2.2. */
final class Conditions {
    /** The status of a request whose conditions hold. */
    static final int HOLD = 200;

    private static final int NOT_MODIFIED = 304;
    private static final int FAILED = 412;

    /** A tag, in which a comma may stand. Possessive: takes a time linear in the value. */
    private static final Pattern TAG = Pattern.compile("(?:W/)?+\"[^\"]*+\"");

    private final HttpHeaders request;
    private final Validators file;

    Conditions(HttpHeaders request, Validators file) {
        this.request = request;
        this.file = file;
    }

    /** Returns the status of the answer: 200, 304 or 412. */
    int status() {
        List<String> match = request.getAll(HttpHeaderNames.IF_MATCH);
        if (!match.isEmpty()) {
            if (!isAny(match, true)) {
                return FAILED;
            }
        } else if (isChangedSince(HttpHeaderNames.IF_UNMODIFIED_SINCE, false)) {
            return FAILED;
        }
        List<String> noneMatch = request.getAll(HttpHeaderNames.IF_NONE_MATCH);
        if (!noneMatch.isEmpty()) {
            return isAny(noneMatch, false) ? NOT_MODIFIED : HOLD;
        }
        return isChangedSince(HttpHeaderNames.IF_MODIFIED_SINCE, true) ? HOLD : NOT_MODIFIED;
    }

    /** Returns whether ranges may be sent: there is no If-Range, or the one is for this content. */
    boolean allowRanges() {
        String condition = request.get(HttpHeaderNames.IF_RANGE);
        if (condition == null) {
            return true;
        }
        if (!file.isStrong()) {
            return false;
        }
        Instant date = date(condition);
        return date == null ? condition.strip().equals(file.tag()) : date.equals(file.changed());
    }

    /** Returns whether one of the tags is that of the file, or all are meant. */
    private boolean isAny(List<String> values, boolean isStrongly) {
        String own = Validators.opaque(file.tag());
        for (String value : values) {
            if (value.strip().equals("*")) {
                return true;
            }
            Matcher tags = TAG.matcher(value);
            while (tags.find()) {
                String tag = tags.group();
                boolean isComparable = !isStrongly || (file.isStrong() && !Validators.isWeak(tag));
                if (isComparable && Validators.opaque(tag).equals(own)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Returns whether the file was changed since the date; without one {@code otherwise}. */
    private boolean isChangedSince(CharSequence name, boolean otherwise) {
        String value = request.get(name);
        Instant date = value == null ? null : date(value);
        return date == null ? otherwise : file.changed().isAfter(date);
    }

    private static @Nullable Instant date(String value) {
        Date date = DateFormatter.parseHttpDate(value);
        return date == null ? null : date.toInstant();
    }
}
