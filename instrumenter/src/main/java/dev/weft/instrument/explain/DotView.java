package dev.weft.instrument.explain;

import dev.weft.instrument.explain.AwaitState.Saved;
import dev.weft.instrument.explain.MethodStates.Step;
import java.util.List;
import java.util.stream.Collectors;

/** Renders an explanation as a graph for Graphviz, in which a method is a cluster. */
final class DotView {
    private final StringBuilder out = new StringBuilder();

    private DotView() {}

    static String of(Explanation explanation) {
        DotView view = new DotView();
        view.line(0, "digraph \"" + escaped(explanation.className()) + "\" {");
        view.line(1, "node [shape=box, style=rounded, fontname=\"sans-serif\", fontsize=11];");
        view.line(1, "edge [fontname=\"sans-serif\", fontsize=9];");
        List<MethodStates> methods = explanation.methods();
        for (int i = 0; i < methods.size(); i++) {
            view.method(methods.get(i), "m" + i);
        }
        view.line(0, "}");
        return view.out.toString();
    }

    private void method(MethodStates method, String id) {
        line(1, "subgraph cluster_" + id + " {");
        line(2, "label=\"" + escaped(Words.titleWithNote(method)) + "\";");
        line(2, id + "s0 [shape=point, width=0.15, tooltip=\"start\"];");
        line(2, id + "end [shape=doublecircle, label=\"\", width=0.15, tooltip=\"end\"];");
        for (AwaitState await : method.awaits()) {
            line(2, id + "s" + await.state() + " [label=\"" + label(await) + "\"];");
        }
        for (Step step : method.steps()) {
            String to = step.to() == Step.END ? "end" : "s" + step.to();
            String style =
                    step.onFailure()
                            ? " [style=dashed, label=\"failure\"]"
                            : step.isBack() ? " [constraint=false]" : "";
            line(2, id + "s" + step.from() + " -> " + id + to + style + ";");
        }
        line(1, "}");
    }

    private static String label(AwaitState await) {
        String saved = await.saved().stream().map(Saved::name).collect(Collectors.joining(", "));
        return escaped(await.state() + "  " + await.title())
                + (await.line() == 0 ? "" : "\\nline " + await.line())
                + (saved.isEmpty() ? "" : "\\nsaves " + escaped(saved));
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    private void line(int depth, String text) {
        out.append("  ".repeat(depth)).append(text).append('\n');
    }
}
