package dev.weft.instrument.folder;

import dev.weft.instrument.Lint;
import java.util.ArrayList;
import java.util.List;

/**
 * The lines of a declaration that silences a lint.
 *
 * @param name the label of a lint, or {@code all}
 */
record SuppressedRange(String name, int from, int to) {

    private static final String ANNOTATION = "SuppressWarnings";
    private static final String ALL = "all";

    boolean silences(Lint lint) {
        return name.equals(ALL) || name.equals(lint.label());
    }

    /** Returns the ranges in the text of a source file. */
    static List<SuppressedRange> in(String source) {
        List<SuppressedRange> ranges = new ArrayList<>();
        if (source.contains(Lint.PREFIX)) {
            SourceTokens tokens = SourceTokens.of(source);
            for (int i = 0; i + 1 < tokens.size(); i++) {
                if (tokens.is(i, ANNOTATION) && tokens.is(i + 1, "(")) {
                    collect(tokens, i, ranges);
                }
            }
        }
        return ranges;
    }

    private static void collect(SourceTokens tokens, int annotation, List<SuppressedRange> ranges) {
        int close = tokens.partner(annotation + 1);
        int end = -1;
        for (int i = annotation + 2; i < close; i++) {
            String text = tokens.text(i);
            if (text.startsWith("\"" + Lint.PREFIX)) {
                end = end < 0 ? endOfDeclaration(tokens, close + 1) : end;
                String name = text.substring(Lint.PREFIX.length() + 1, text.length() - 1);
                ranges.add(new SuppressedRange(name, tokens.line(annotation), tokens.line(end)));
            }
        }
    }

    /** Returns the last token of the declaration that continues after its annotation. */
    private static int endOfDeclaration(SourceTokens tokens, int from) {
        boolean hasInitialiser = false;
        for (int i = from; i < tokens.size(); i++) {
            switch (tokens.text(i)) {
                case "=" -> hasInitialiser = true;
                case "(", "[" -> i = tokens.partner(i);
                case "{" -> {
                    i = tokens.partner(i);
                    if (!hasInitialiser) {
                        return Math.min(i, tokens.size() - 1);
                    }
                }
                case ";", ")", "]", "}" -> {
                    return i;
                }
                default -> {}
            }
        }
        return tokens.size() - 1;
    }
}
