package dev.weft.instrument.explain;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The renderings of an explanation. */
public enum Format {
    /** Plain text, for a terminal. */
    TEXT,
    /** A state diagram of Mermaid, which GitHub and GitLab draw in Markdown. */
    MERMAID,
    /** A graph for Graphviz. */
    DOT,
    /** A page that needs no other file and no network. */
    HTML;

    /**
     * Returns the format of a name in any case.
     *
     * @throws IllegalArgumentException for an unknown name; the message lists those that exist
     */
    public static Format parse(String name) {
        for (Format format : values()) {
            if (format.label().equals(name.strip().toLowerCase(Locale.ROOT))) {
                return format;
            }
        }
        throw new IllegalArgumentException(
                "there is no format \""
                        + name
                        + "\"; known are "
                        + Arrays.stream(values())
                                .map(Format::label)
                                .collect(Collectors.joining(", ")));
    }

    /** Returns the name in options, {@code mermaid}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Renders an explanation.
     *
     * @param source the lines of the source file, which only HTML shows; empty if unknown
     */
    public String render(Explanation explanation, List<String> source) {
        return switch (this) {
            case TEXT -> TextView.of(explanation);
            case MERMAID -> MermaidView.of(explanation);
            case DOT -> DotView.of(explanation);
            case HTML -> HtmlView.of(explanation, source);
        };
    }
}
