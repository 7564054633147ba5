package dev.weft.instrument.explain;

import dev.weft.instrument.explain.MethodStates.Loop;
import dev.weft.instrument.explain.MethodStates.Step;
import dev.weft.instrument.explain.MethodStates.TailCall;
import java.util.StringJoiner;

/** The wording that the renderings share. */
final class Words {
    /** The most next states that a line lists. */
    private static final int MOST_STEPS = 12;

    private Words() {}

    /** Returns {@code 2 awaits, 1 loop, 1 tail call}. */
    static String counts(MethodStates method) {
        StringJoiner counts = new StringJoiner(", ");
        counts.add(count(method.awaits().size() + 1, "state"));
        counts.add(count(method.awaits().size(), method.isGenerator() ? "await or emit" : "await"));
        if (!method.loops().isEmpty()) {
            counts.add(count(method.loops().size(), "loop"));
        }
        if (!method.tailCalls().isEmpty()) {
            counts.add(count(method.tailCalls().size(), "tail call"));
        }
        return (method.isGenerator() ? "generator: " : "") + counts;
    }

    /** Returns the title, and in brackets what is left out of a picture too. */
    static String titleWithNote(MethodStates method) {
        return method.title() + inBrackets(method.note());
    }

    static String count(int n, String noun) {
        String plural = noun.equals("await or emit") ? "awaits and emits" : noun + "s";
        return n + " " + (n == 1 ? noun : plural);
    }

    /** Returns the sizes of the code before and after. */
    static String bytecode(Sizes sizes) {
        return sizes.before() == 0
                ? sizes.body() + " bytes as a state machine"
                : sizes.before()
                        + " bytes before, "
                        + sizes.body()
                        + " as a state machine, "
                        + sizes.method()
                        + " in the method itself";
    }

    static String loop(Loop loop) {
        String where = lines(loop.firstLine(), loop.lastLine());
        return (where.isEmpty() ? "" : where + ": ")
                + (loop.states().isEmpty()
                        ? "no await inside, so other tasks wait until the loop ends"
                        : "state"
                                + (loop.states().size() == 1 ? " " : "s ")
                                + joined(loop.states()));
    }

    private static String joined(Iterable<Integer> numbers) {
        StringJoiner text = new StringJoiner(", ");
        int count = 0;
        for (int number : numbers) {
            if (count++ == MOST_STEPS) {
                return text.add("...").toString();
            }
            text.add(String.valueOf(number));
        }
        return text.toString();
    }

    static String tailCall(TailCall call) {
        return atLine(call.line())
                + call.callee()
                + (call.isDirect()
                        ? " (tail call, direct: its body is called)"
                        : " (tail call: the caller then waits for it, no state is needed)");
    }

    /** Returns the states that may follow. */
    static String next(MethodStates method, int state) {
        StringJoiner next = new StringJoiner(", ");
        int count = 0;
        for (Step step : method.from(state)) {
            if (count++ == MOST_STEPS) {
                return next.add("...").toString();
            }
            next.add((step.to() == Step.END ? "end" : "state " + step.to()) + remark(step));
        }
        return next.toString();
    }

    private static String remark(Step step) {
        if (step.isBack()) {
            return step.onFailure() ? " (loop, after a failure)" : " (loop)";
        }
        return step.onFailure() ? " (after a failure)" : "";
    }

    /** Returns {@code lines 12-20}; empty if unknown. */
    static String lines(int first, int last) {
        if (first == 0) {
            return "";
        }
        return last <= first ? "line " + first : "lines " + first + "-" + last;
    }

    static String atLine(int line) {
        return line == 0 ? "" : "line " + line + "  ";
    }

    static String inBrackets(String text) {
        return text.isEmpty() ? "" : "  (" + text + ")";
    }

    static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
