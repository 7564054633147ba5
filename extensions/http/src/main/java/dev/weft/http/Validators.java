package dev.weft.http;

import io.netty.handler.codec.DateFormatter;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.TimeUnit;

/**
 * The validators of a file.
 *
 * @param tag the value of ETag, made of the size and the time of the last change in nanoseconds
 * @param changed the time of the last change in whole seconds; not in the future
 * @param isStrong false if the file was changed a moment ago: a second change could then have the
 *     same time and the same size
 */
record Validators(String tag, Instant changed, boolean isStrong) {
    /** More than the resolution of the times of a file system. */
    private static final Duration MOMENT = Duration.ofSeconds(2);

    private static final String WEAK = "W/";

    static Validators of(BasicFileAttributes file, long size, Instant now) {
        Instant changed = file.lastModifiedTime().toInstant();
        boolean isStrong = changed.isBefore(now.minus(MOMENT));
        String tag =
                '"'
                        + Long.toHexString(file.lastModifiedTime().to(TimeUnit.NANOSECONDS))
                        + '-'
                        + Long.toHexString(size)
                        + '"';
        Instant shown = changed.isAfter(now) ? now : changed;
        return new Validators(
                isStrong ? tag : WEAK + tag,
                Instant.ofEpochSecond(shown.getEpochSecond()),
                isStrong);
    }

    /** Returns the value of Last-Modified. */
    String date() {
        return DateFormatter.format(Date.from(changed));
    }

    /** Returns the tag without the mark of a weak one. */
    static String opaque(String tag) {
        return isWeak(tag) ? tag.substring(WEAK.length()) : tag;
    }

    static String weakened(String tag) {
        return isWeak(tag) ? tag : WEAK + tag;
    }

    static boolean isWeak(String tag) {
        return tag.startsWith(WEAK);
    }
}
