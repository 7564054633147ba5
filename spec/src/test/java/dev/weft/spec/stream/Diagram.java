package dev.weft.spec.stream;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A marble diagram: its inputs by name, and the result of a call.
 *
 * @param call the call, such as {@code map(x -> 2 * x)}
 */
record Diagram(Map<String, Marbles> inputs, String call, Marbles result) {
    private static final Pattern LINE = Pattern.compile("(\\w+)( +)(\\S+)(?: +(\\S.*))?");

    /** Returns the diagrams in the documentation in a Java source text, in order. */
    static List<Diagram> allIn(String source) {
        Matcher blocks =
                Pattern.compile("(?m)^ *\\* <pre>\\n((?: *\\*.*\\n)*?) *\\* </pre>")
                        .matcher(source);
        List<Diagram> all = new ArrayList<>();
        while (blocks.find()) {
            String text = blocks.group(1).replaceAll("(?m)^ *\\* ?", "");
            all.add(of(text.replace("&gt;", ">").replace("&lt;", "<").replace("&amp;", "&")));
        }
        return all;
    }

    /** Parses the lines of a diagram, of which the last one is the result. */
    static Diagram of(String text) {
        List<Matcher> lines = text.lines().map(LINE::matcher).toList();
        int start = Integer.MAX_VALUE;
        for (Matcher line : lines) {
            if (!line.matches()) {
                throw new IllegalArgumentException("not a diagram: " + text);
            }
            start = Math.min(start, line.start(3));
        }
        Map<String, Marbles> inputs = new LinkedHashMap<>();
        for (Matcher line : lines.subList(0, lines.size() - 1)) {
            inputs.put(line.group(1), Marbles.of(line.group(3), line.start(3) - start));
        }
        Matcher last = lines.get(lines.size() - 1);
        String arguments = last.group(4) == null ? "" : last.group(4).strip();
        return new Diagram(
                inputs,
                last.group(1) + "(" + arguments + ")",
                Marbles.of(last.group(3), last.start(3) - start));
    }

    @Override
    public String toString() {
        return call;
    }
}
