package dev.weft.internal.report;

/**
 * Makes text of the program safe for a terminal and for a line-oriented output. A name may contain
 * line ends, and sequences that move the cursor or change the title of a window.
 */
public final class Printable {
    private Printable() {}

    /**
     * Returns the text with an escape, such as {@code \n} or {@code \u001b}, for each control
     * character, each character that changes the direction of text, and each unpaired surrogate.
     */
    public static String of(String text) {
        int first = 0;
        while (first < text.length() && isPlain(text, first)) {
            first++;
        }
        if (first == text.length()) {
            return text;
        }
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            if (isPlain(text, i)) {
                escaped.append(text.charAt(i));
            } else {
                escaped.append(escape(text.charAt(i)));
            }
        }
        return escaped.toString();
    }

    private static boolean isPlain(String text, int index) {
        char c = text.charAt(index);
        if (Character.isHighSurrogate(c)) {
            return index + 1 < text.length() && Character.isLowSurrogate(text.charAt(index + 1));
        }
        if (Character.isLowSurrogate(c)) {
            return index > 0 && Character.isHighSurrogate(text.charAt(index - 1));
        }
        int type = Character.getType(c);
        return type != Character.CONTROL
                && type != Character.FORMAT
                && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR;
    }

    private static String escape(char c) {
        return switch (c) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> {
                String hex = Integer.toHexString(c);
                yield "\\u" + "0".repeat(4 - hex.length()) + hex;
            }
        };
    }
}
