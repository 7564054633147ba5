package dev.weft.instrument.folder;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words, string literals, brackets and a few signs of a Java source file. Comments, numbers and
 * operators are left out.
 */
final class SourceTokens {

    /** Possessive quantifiers keep the matcher from recursing on long literals and comments. */
    private static final Pattern TOKEN =
            Pattern.compile(
                    "//[^\\r\\n]*+"
                            + "|/\\*(?:[^*]|\\*(?!/))*+\\*/"
                            + "|\"\"\"(?:[^\\\\\"]|\\\\.|\"(?!\"\"))*+\"\"\""
                            + "|\"(?:[^\\\\\"\\r\\n]|\\\\.)*+\""
                            + "|'(?:[^\\\\'\\r\\n]|\\\\.)++'"
                            + "|\\w++|[(){}\\[\\];=]",
                    Pattern.DOTALL);

    private final List<String> texts = new ArrayList<>();
    private final List<Integer> lines = new ArrayList<>();

    /** By bracket: its partner; the number of tokens for a bracket that is never closed. */
    private final List<Integer> partners = new ArrayList<>();

    private SourceTokens() {}

    static SourceTokens of(String source) {
        SourceTokens tokens = new SourceTokens();
        Matcher token = TOKEN.matcher(source);
        int line = 1;
        int counted = 0;
        while (token.find()) {
            if (source.charAt(token.start()) != '/') {
                line += newlines(source, counted, token.start());
                counted = token.start();
                tokens.texts.add(token.group());
                tokens.lines.add(line);
            }
        }
        tokens.pair();
        return tokens;
    }

    private static int newlines(String source, int from, int to) {
        int newlines = 0;
        for (int i = from; i < to; i++) {
            newlines += source.charAt(i) == '\n' ? 1 : 0;
        }
        return newlines;
    }

    private void pair() {
        Deque<Integer> open = new ArrayDeque<>();
        for (int i = 0; i < size(); i++) {
            partners.add(size());
            switch (text(i)) {
                case "(", "[", "{" -> open.push(i);
                case ")", "]", "}" -> {
                    if (!open.isEmpty()) {
                        partners.set(open.pop(), i);
                    }
                }
                default -> {}
            }
        }
    }

    int size() {
        return texts.size();
    }

    String text(int index) {
        return texts.get(index);
    }

    boolean is(int index, String text) {
        return text(index).equals(text);
    }

    int line(int index) {
        return lines.get(index);
    }

    /** Returns the bracket that closes the one at {@code index}. */
    int partner(int index) {
        return partners.get(index);
    }
}
