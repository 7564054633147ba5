package dev.weft.instrument.read;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A text to search in bytes, by the algorithm of Boyer, Moore and Horspool: most bytes are never
 * looked at. An agent searches every class that a program loads, mostly in interpreted code.
 */
public final class AsciiText {
    private static final int ASCII = 128;

    private final byte[] text;

    /** By byte: the distance from its last occurrence, but for the last byte, to the end. */
    private final byte[] skip = new byte[ASCII];

    /** Takes a text of 1 to 127 ASCII characters. */
    public AsciiText(String text) {
        this.text = text.getBytes(StandardCharsets.US_ASCII);
        int last = this.text.length - 1;
        Arrays.fill(skip, (byte) this.text.length);
        for (int i = 0; i < last; i++) {
            skip[this.text[i]] = (byte) (last - i);
        }
    }

    /** Returns whether the bytes from {@code from} to before {@code to} contain the text. */
    boolean isIn(byte[] bytes, int from, int to) {
        int last = text.length - 1;
        byte end = text[last];
        int at = from + last;
        while (at < to) {
            byte here = bytes[at];
            if (here == end && startsAt(bytes, at - last)) {
                return true;
            }
            at += here < 0 ? text.length : skip[here];
        }
        return false;
    }

    private boolean startsAt(byte[] bytes, int at) {
        for (int i = 0; i < text.length; i++) {
            if (bytes[at + i] != text[i]) {
                return false;
            }
        }
        return true;
    }
}
