package dev.weft.cli.live;

import dev.weft.internal.report.Printable;

/** Text of another process, which must not control the terminal. */
public final class SafeText {
    private SafeText() {}

    /** Returns the text with escapes for all control characters but line ends. */
    public static String of(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        int from = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
            safe.append(Printable.of(text.substring(from, end))).append('\n');
            from = end + 1;
        }
        return safe.append(Printable.of(text.substring(from))).toString();
    }
}
