package dev.weft.instrument.explain;

/** Writes HTML and SVG. Every text and attribute is escaped. */
final class Html {
    private final StringBuilder out = new StringBuilder();

    /** Appends markup of the renderer, unchanged. */
    Html raw(String markup) {
        out.append(markup);
        return this;
    }

    /** Appends text of the program. */
    Html text(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(c < ' ' && c != '\n' && c != '\t' ? ' ' : c);
            }
        }
        return this;
    }

    /** Appends an element with a class and a text. */
    Html element(String tag, String style, String text) {
        return raw("<" + tag + " class=\"" + style + "\">").text(text).raw("</" + tag + ">");
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
