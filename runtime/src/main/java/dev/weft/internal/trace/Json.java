package dev.weft.internal.trace;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Writes JSON, as ASCII. */
final class Json {
    private static final int BUFFER = 1 << 16;
    private static final String HEX = "0123456789abcdef";

    private final OutputStream out;
    private final StringBuilder text = new StringBuilder(BUFFER + 1_024);

    Json(OutputStream out) {
        this.out = out;
    }

    /** Writes text that is JSON. */
    Json raw(String json) {
        text.append(json);
        return this;
    }

    Json number(long number) {
        text.append(number);
        return this;
    }

    /** Writes nanoseconds as microseconds. */
    Json micros(long nanos) {
        long rest = nanos % 1_000;
        text.append(nanos / 1_000).append('.');
        text.append((char) ('0' + rest / 100)).append((char) ('0' + rest / 10 % 10));
        text.append((char) ('0' + rest % 10));
        return this;
    }

    /** Writes a string. It ends no script element in which it stands. */
    Json string(String string) {
        text.append('"');
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c < ' ' || c >= 0x7f || c == '<' || c == '>' || c == '&') {
                text.append("\\u");
                for (int shift = 12; shift >= 0; shift -= 4) {
                    text.append(HEX.charAt(c >> shift & 15));
                }
            } else {
                text.append(c);
            }
        }
        text.append('"');
        return this;
    }

    /** Called between elements, to hand on what was written. */
    void flushIfLong() throws IOException {
        if (text.length() >= BUFFER) {
            flush();
        }
    }

    void flush() throws IOException {
        out.write(text.toString().getBytes(StandardCharsets.US_ASCII));
        text.setLength(0);
    }
}
