package dev.weft.instrument.explain;

import dev.weft.instrument.explain.AwaitState.Saved;
import dev.weft.instrument.explain.MethodStates.Step;
import java.util.List;
import java.util.stream.Collectors;

/** Renders an explanation as a state diagram of Mermaid, in which a method is a composite state. */
final class MermaidView {
    private final StringBuilder out = new StringBuilder();

    private MermaidView() {}

    static String of(Explanation explanation) {
        MermaidView view = new MermaidView();
        view.line(0, "stateDiagram-v2");
        List<MethodStates> methods = explanation.methods();
        for (int i = 0; i < methods.size(); i++) {
            view.method(methods.get(i), "m" + i);
        }
        return view.out.toString();
    }

    private void method(MethodStates method, String id) {
        line(1, "state \"" + escaped(Words.titleWithNote(method)) + "\" as " + id + " {");
        for (AwaitState await : method.awaits()) {
            line(2, "state \"" + label(await) + "\" as " + id + "s" + await.state());
        }
        for (Step step : method.steps()) {
            if (step.from() == 0 && step.to() == Step.END && !method.awaits().isEmpty()) {
                continue; // Mermaid draws no arrow from start to end beside others
            }
            String from = step.from() == 0 ? "[*]" : id + "s" + step.from();
            String to = step.to() == Step.END ? "[*]" : id + "s" + step.to();
            line(2, from + " --> " + to + (step.onFailure() ? ": failure" : ""));
        }
        line(1, "}");
    }

    private static String label(AwaitState await) {
        String saved = await.saved().stream().map(Saved::name).collect(Collectors.joining(", "));
        return escaped(
                Words.atLine(await.line())
                        + await.title()
                        + (saved.isEmpty() ? "" : " / saves " + saved));
    }

    /** Escapes what ends a string or starts a comment or an entity in Mermaid. */
    private static String escaped(String text) {
        StringBuilder safe = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '#' || c == ';' || c == '<' || c == '>' || c == '%') {
                safe.append('#').append((int) c).append(';');
            } else {
                safe.append(c);
            }
        }
        return safe.toString();
    }

    private void line(int depth, String text) {
        out.append("    ".repeat(depth)).append(text).append('\n');
    }
}
