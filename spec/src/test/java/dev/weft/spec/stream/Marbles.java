package dev.weft.spec.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One line of a marble diagram.
 *
 * @param start the second in which the first element is asked for
 */
record Marbles(int start, List<Mark> marks) {
    /** The end of a stream. */
    static final String END = "|";

    /** A failure. */
    static final String FAILURE = "#";

    /** The close of a stream by the one that reads it. */
    static final String CLOSED = "!";

    private static final Pattern MARK = Pattern.compile("\\[[^\\]]*]|[^-()]");

    /**
     * An event of a stream.
     *
     * @param text an element, or one of the constants above
     */
    record Mark(int second, String text) {
        boolean isElement() {
            return !text.equals(END) && !text.equals(FAILURE) && !text.equals(CLOSED);
        }

        /** Returns the element: an integer for a digit, otherwise the text. */
        Object element() {
            return text.matches("\\d") ? (Object) Integer.valueOf(text) : text;
        }

        @Override
        public String toString() {
            return text + " at " + second + " s";
        }
    }

    /** Parses a line; its first character is in the second {@code start}. */
    static Marbles of(String line, int start) {
        List<Mark> marks = new ArrayList<>();
        int group = -1;
        for (int i = 0; i < line.length(); ) {
            char c = line.charAt(i);
            if (c == '(') {
                group = i;
            } else if (c == ')') {
                group = -1;
            }
            Matcher mark = MARK.matcher(line).region(i, line.length());
            if (mark.lookingAt()) {
                marks.add(new Mark(start + (group < 0 ? i : group), mark.group()));
                i = mark.end();
            } else {
                i++;
            }
        }
        return new Marbles(start, marks);
    }

    /** Returns whether the line shows how the stream ends. */
    boolean isEnded() {
        return !marks.isEmpty() && !marks.get(marks.size() - 1).isElement();
    }

    /** Returns an element as diagrams write it. */
    static String text(Object element) {
        if (element instanceof List<?> list) {
            return list.stream().map(Marbles::text).collect(Collectors.joining(",", "[", "]"));
        }
        if (element instanceof Optional<?> optional) {
            return optional.map(Marbles::text).orElse("[]");
        }
        return String.valueOf(element);
    }
}
