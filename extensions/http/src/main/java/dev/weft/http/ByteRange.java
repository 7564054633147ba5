package dev.weft.http;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A range of the bytes of a file, which is not empty. */
record ByteRange(long first, long length) {
    /** The number of ranges above which a request is answered with the whole file. */
    private static final int MOST = 16;

    private static final String UNIT = "bytes=";
    private static final Pattern SPEC = Pattern.compile("[ \t]*+([0-9]*+)-([0-9]*+)[ \t]*+");

    /** The number of digits that fit into a long. A larger number is after the end of any file. */
    private static final int MOST_DIGITS = 18;

    /**
     * Returns the ranges of a file that {@code value} asks for; none if all are after the end of
     * the file; null if the whole file is to be sent. That is so if the value is malformed, and if
     * it asks for many ranges or for those that overlap, because such an answer could be much
     * larger than the file.
     */
    static @Nullable List<ByteRange> parse(String value, long size) {
        if (!value.regionMatches(true, 0, UNIT, 0, UNIT.length())) {
            return null;
        }
        String[] specs = value.substring(UNIT.length()).split(",", MOST + 1);
        if (specs.length > MOST) {
            return null;
        }
        List<ByteRange> ranges = new ArrayList<>();
        long sum = 0;
        for (String spec : specs) {
            Matcher numbers = SPEC.matcher(spec);
            if (!numbers.matches() || isMalformed(numbers.group(1), numbers.group(2))) {
                return null;
            }
            ByteRange range = of(numbers.group(1), numbers.group(2), size);
            if (range.length > 0) {
                sum += range.length;
                ranges.add(range);
            } else if (numbers.group(1).isEmpty() && size == 0) {
                return null; // the last bytes of nothing are the whole
            }
        }
        return sum > size ? null : ranges;
    }

    private static boolean isMalformed(String first, String last) {
        return first.isEmpty() ? last.isEmpty() : !last.isEmpty() && number(last) < number(first);
    }

    private static ByteRange of(String first, String last, long size) {
        if (first.isEmpty()) {
            long count = Math.min(number(last), size);
            return new ByteRange(size - count, count);
        }
        long start = number(first);
        long end = last.isEmpty() ? size - 1 : Math.min(number(last), size - 1);
        return new ByteRange(start, Math.max(0, end - start + 1));
    }

    private static long number(String digits) {
        String significant = digits.replaceFirst("^0++", "");
        if (significant.isEmpty()) {
            return 0;
        }
        return significant.length() > MOST_DIGITS
                ? Long.MAX_VALUE - 1
                : Long.parseLong(significant);
    }

    /** Returns the value of Content-Range. */
    String of(long size) {
        return "bytes " + first + "-" + (first + length - 1) + "/" + size;
    }
}
