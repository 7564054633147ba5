package dev.weft.cli.live;

import dev.weft.internal.report.Printable;

/** Answers of other processes, which have several lines and must not control the terminal. */
final class SafeText {
    private SafeText() {}

    /** Returns the text with escapes for all control characters but line ends. */
    static String of(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        int from = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
            safe.append(Printable.of(text.substring(from, end))).append('\n');
            from = end + 1;
        }
        return safe.append(Printable.of(text.substring(from))).toString();
    }
}
