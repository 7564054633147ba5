package dev.weft.instrument.explain;

import dev.weft.instrument.explain.MethodStates.Loop;
import dev.weft.instrument.explain.MethodStates.TailCall;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Renders an explanation as one HTML page: for each method its figures, its source where that is
 * known, and the diagram of its states. The page needs no other file and no network.
 */
final class HtmlView {
    private final Html out = new Html();
    private final List<String> source;

    private HtmlView(List<String> source) {
        this.source = source;
    }

    static String of(Explanation explanation, List<String> source) {
        HtmlView view = new HtmlView(source);
        view.page(explanation);
        return view.out.toString();
    }

    private void page(Explanation explanation) {
        out.raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .raw("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';")
                .raw(" style-src 'unsafe-inline'; script-src 'unsafe-inline'\">\n")
                .raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .raw("<title>States of ")
                .text(explanation.className())
                .raw("</title>\n<style>\n" + resource("page.css") + "</style>\n</head>\n<body>\n")
                .raw(resource("tips.svg"))
                .raw("<header><h1>")
                .text(explanation.className())
                .raw("</h1>")
                .element("p", "file", explanation.sourceFile())
                .raw(resource("legend.html"))
                .raw("</header>\n");
        if (!explanation.note().isEmpty()) {
            out.element("p", "note", explanation.note()).raw("\n");
        }
        for (MethodStates method : explanation.methods()) {
            method(method);
        }
        out.raw("<script>\n" + resource("page.js") + "</script>\n</body>\n</html>\n");
    }

    private void method(MethodStates method) {
        out.raw("<section><h2>")
                .text(method.title())
                .raw("</h2>")
                .element("p", "file", Words.lines(method.firstLine(), method.lastLine()))
                .raw("<p class=\"chips\">")
                .element("span", "chip", Words.counts(method))
                .element("span", "chip", Words.bytecode(method.sizes()));
        if (method.sizes().frame() > 0) {
            String frame = "frame of " + method.sizes().frame() + " bytes while suspended";
            out.element("span", "chip", frame);
        }
        Sizes sizes = method.sizes();
        String mood = sizes.isInlined() ? "good" : sizes.isCompiled() ? "fair" : "bad";
        out.element("span", "chip " + mood, "HotSpot: " + sizes.verdict()).raw("</p>\n");
        remarks(method);
        out.raw("<div class=\"both\">");
        sourceOf(method);
        out.raw("<div class=\"diagram\">");
        Diagram.draw(method, out);
        out.raw("</div></div></section>\n");
    }

    private void remarks(MethodStates method) {
        if (!method.note().isEmpty()) {
            out.element("p", "remark warn", "Note: " + method.note()).raw("\n");
        }
        for (Loop loop : method.loops()) {
            String style = loop.states().isEmpty() ? "remark warn" : "remark";
            out.element("p", style, "Loop, " + Words.loop(loop)).raw("\n");
        }
        for (TailCall call : method.tailCalls()) {
            out.element("p", "remark", "Return, " + Words.tailCall(call)).raw("\n");
        }
    }

    private void sourceOf(MethodStates method) {
        int first = Math.max(1, method.firstLine() - 1);
        int last = Math.min(source.size(), method.lastLine() + 1);
        if (method.firstLine() == 0 || first > last) {
            return;
        }
        Map<Integer, List<AwaitState>> byLine = new HashMap<>();
        for (AwaitState await : method.awaits()) {
            byLine.computeIfAbsent(await.line(), line -> new ArrayList<>()).add(await);
        }
        out.raw("<div class=\"source\"><table>");
        for (int line = first; line <= last; line++) {
            row(line, byLine.getOrDefault(line, List.of()));
        }
        out.raw("</table></div>");
    }

    private void row(int line, List<AwaitState> awaits) {
        out.raw(awaits.isEmpty() ? "<tr>" : "<tr class=\"await\">")
                .raw("<td class=\"number\">" + line + "</td><td class=\"mark\">");
        for (AwaitState await : awaits) {
            out.raw("<b data-state=\"" + await.state() + "\">" + await.state() + "</b>");
        }
        out.raw("</td><td><code>").text(source.get(line - 1)).raw("</code></td></tr>\n");
    }

    private static String resource(String name) {
        try (InputStream in = HtmlView.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
