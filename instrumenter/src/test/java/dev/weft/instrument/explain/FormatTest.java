package dev.weft.instrument.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class FormatTest {
    private static final Explanation ORDERS = Explained.asWritten(Explained.ORDERS);
    private static final List<String> SOURCE = Explained.ORDERS.lines().toList();

    @Test
    void textIsComplete() {
        String text = Format.TEXT.render(ORDERS, SOURCE);
        Sizes total = ORDERS.methods().get(0).sizes();
        Sizes price = ORDERS.methods().get(1).sizes();

        assertThat(text.replaceAll(" +\n", "\n"))
                .isEqualTo(
                        """
                        A  (A.java)

                        total(List, int)  (lines 6-14)
                          3 states, 2 awaits, 1 loop
                          bytecode  %d bytes before, %d as a state machine, %d in the method itself
                          frame     %d bytes while suspended
                          HotSpot   compiled and inlined when hot (%d of at most 325 bytes)
                          loop      lines 7-13: states 1, 2
                          start     then state 1, state 2 (after a failure), end
                          state 1   line 9  await A.price  (direct call)
                                    saves this       A         used in line 9
                                    saves sum        int       used in lines 9, 14
                                    saves (unnamed)  Iterator  used in line 7
                                    then state 1 (loop), state 2 (after a failure), end
                          state 2   line 11  await Weft.sleep
                                    saves this       A         used in line 9
                                    saves sum        int       used in lines 9, 14
                                    saves (unnamed)  Iterator  used in line 7
                                    then state 1 (loop), state 2 (loop, after a failure), end

                        price(String)  (lines 17-20)
                          1 state, 0 awaits, 2 tail calls
                          bytecode  %d bytes before, %d as a state machine, %d in the method itself
                          frame     %d bytes while suspended
                          HotSpot   compiled and inlined when hot (%d of at most 325 bytes)
                          start     then end
                          return    line 18  A.other (tail call: the caller then waits for it, no state is needed)
                          return    line 20  A.price (tail call, direct: its body is called)
                        """
                                .formatted(
                                        total.before(),
                                        total.body(),
                                        total.method(),
                                        total.frame(),
                                        total.body(),
                                        price.before(),
                                        price.body(),
                                        price.method(),
                                        price.frame(),
                                        price.body()));
    }

    @Test
    void mermaidIsComplete() {
        assertThat(Format.MERMAID.render(ORDERS.ofMethod("total"), SOURCE))
                .isEqualTo(
                        """
                        stateDiagram-v2
                            state "total(List, int)" as m0 {
                                state "line 9  await A.price / saves this, sum, (unnamed)" as m0s1
                                state "line 11  await Weft.sleep / saves this, sum, (unnamed)" as m0s2
                                [*] --> m0s1
                                [*] --> m0s2: failure
                                m0s1 --> m0s1
                                m0s1 --> m0s2: failure
                                m0s1 --> [*]
                                m0s2 --> m0s1
                                m0s2 --> m0s2: failure
                                m0s2 --> [*]
                            }
                        """);
    }

    @Test
    void dotHasANodeForEachStateAndAnEdgeForEachStep() {
        String dot = Format.DOT.render(ORDERS.ofMethod("total"), SOURCE);

        assertThat(dot)
                .startsWith("digraph \"A\" {")
                .contains(
                        "m0s1 [label=\"1  await A.price\\nline 9\\nsaves this, sum, (unnamed)\"];")
                .contains("m0s1 -> m0s2 [style=dashed, label=\"failure\"];")
                .contains("m0s2 -> m0end;")
                .endsWith("}\n");
    }

    @Test
    void theDiagramOfThePageHasABoxForEachStateAndAnArrowForEachStep() throws Exception {
        MethodStates total = ORDERS.methods().get(0);
        Element svg = diagram(Format.HTML.render(ORDERS.ofMethod("total"), SOURCE));

        assertThat(withClass(svg, "g", "state")).isEqualTo(total.awaits().size());
        assertThat(withClass(svg, "g", "dot")).isEqualTo(2);
        assertThat(
                        withClass(svg, "path", "arrow next")
                                + withClass(svg, "path", "arrow loop")
                                + withClass(svg, "path", "arrow failure"))
                .isEqualTo(total.steps().size());
        assertThat(svg.getTextContent()).contains("line 9", "sum: int", "used in lines 9, 14");
    }

    @Test
    void thePageNeedsNothingElse() {
        String page = Format.HTML.render(ORDERS, SOURCE);

        assertThat(page).contains("Content-Security-Policy", "prefers-color-scheme: dark");
        assertThat(
                        Pattern.compile("(?:src|href)=|https?:|@import|url\\((?!#)")
                                .matcher(page)
                                .find())
                .isFalse();
    }

    @Test
    void thePageShowsTheSourceWithItsStates() {
        assertThat(Format.HTML.render(ORDERS, SOURCE))
                .contains("<b data-state=\"1\">1</b></td><td><code>                sum += await");
        assertThat(Format.HTML.render(ORDERS, List.of())).doesNotContain("class=\"source\"");
    }

    @Test
    void namesOfTheProgramAreEscaped() {
        Explanation hostile =
                new Explanation(
                        "a.<B>",
                        "\"&.java",
                        Explanation.Detail.FULL,
                        "",
                        List.of(
                                new MethodStates(
                                        "m",
                                        "m(\"<script>\")",
                                        0,
                                        0,
                                        false,
                                        List.of(
                                                new AwaitState(
                                                        1,
                                                        0,
                                                        "<img>\"",
                                                        AwaitState.How.AWAIT,
                                                        List.of())),
                                        List.of(),
                                        List.of(),
                                        List.of(),
                                        new Sizes(1, 1, 1, 24),
                                        "<note>")));

        assertThat(Format.HTML.render(hostile, List.of()))
                .doesNotContain("<script>\"", "<img>", "a.<B>", "<note>")
                .contains("m(&quot;&lt;script&gt;&quot;)", "Note: &lt;note&gt;");
        assertThat(Format.DOT.render(hostile, List.of())).contains("m(\\\"<script>\\\")  (<note>)");
        assertThat(Format.MERMAID.render(hostile, List.of()))
                .contains("m(#34;#60;script#62;#34;)  (#60;note#62;)");
        assertThat(Format.TEXT.render(hostile, List.of())).contains("  note      <note>\n");
    }

    @Test
    void aFormatIsFoundByItsName() {
        assertThat(Format.parse(" HTML ")).isEqualTo(Format.HTML);
        assertThatThrownBy(() -> Format.parse("pdf"))
                .hasMessage("there is no format \"pdf\"; known are text, mermaid, dot, html");
    }

    private static Element diagram(String page) throws Exception {
        int start = page.indexOf("<svg role=");
        String svg = page.substring(start, page.indexOf("</svg>", start) + "</svg>".length());
        Document parsed =
                DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(new InputSource(new StringReader(svg)));
        return parsed.getDocumentElement();
    }

    private static int withClass(Element svg, String tag, String name) {
        NodeList all = svg.getElementsByTagName(tag);
        int found = 0;
        for (int i = 0; i < all.getLength(); i++) {
            found += ((Element) all.item(i)).getAttribute("class").equals(name) ? 1 : 0;
        }
        return found;
    }
}
