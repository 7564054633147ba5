package dev.weft.instrument.explain;

import dev.weft.instrument.explain.AwaitState.Saved;
import dev.weft.instrument.explain.MethodStates.Loop;
import dev.weft.instrument.explain.MethodStates.TailCall;
import java.util.ArrayList;
import java.util.List;

/** Renders an explanation as text. */
final class TextView {
    private final StringBuilder out = new StringBuilder();

    private TextView() {}

    static String of(Explanation explanation) {
        TextView view = new TextView();
        view.line(explanation.className() + Words.inBrackets(explanation.sourceFile()));
        if (!explanation.note().isEmpty()) {
            view.line("  " + explanation.note());
        }
        for (MethodStates method : explanation.methods()) {
            view.line("");
            view.method(method);
        }
        return view.out.toString();
    }

    private void method(MethodStates method) {
        line(method.title() + Words.inBrackets(Words.lines(method.firstLine(), method.lastLine())));
        line("  " + Words.counts(method));
        line("  bytecode  " + Words.bytecode(method.sizes()));
        if (method.sizes().frame() > 0) {
            line("  frame     " + method.sizes().frame() + " bytes while suspended");
        }
        line("  HotSpot   " + method.sizes().verdict());
        if (!method.note().isEmpty()) {
            line("  note      " + method.note());
        }
        for (Loop loop : method.loops()) {
            line("  loop      " + Words.loop(loop));
        }
        if (!method.steps().isEmpty()) {
            line("  start     then " + Words.next(method, 0));
        }
        for (AwaitState await : method.awaits()) {
            state(method, await);
        }
        for (TailCall call : method.tailCalls()) {
            line("  return    " + Words.tailCall(call));
        }
    }

    private void state(MethodStates method, AwaitState await) {
        String remark = Words.inBrackets(await.how().remark());
        line(
                String.format("  state %-3d ", await.state())
                        + Words.atLine(await.line())
                        + await.title()
                        + remark);
        table(await.saved());
        if (!method.from(await.state()).isEmpty()) {
            line("            then " + Words.next(method, await.state()));
        }
    }

    private void table(List<Saved> saved) {
        int name = 0;
        int type = 0;
        for (Saved value : saved) {
            name = Math.max(name, value.name().length());
            type = Math.max(type, value.type().length());
        }
        List<String> rows = new ArrayList<>();
        for (Saved value : saved) {
            rows.add(
                    "            saves "
                            + Words.padded(value.name(), name)
                            + "  "
                            + Words.padded(value.type(), type)
                            + "  "
                            + value.reason());
        }
        rows.forEach(this::line);
    }

    private void line(String text) {
        out.append(text.stripTrailing()).append('\n');
    }
}
