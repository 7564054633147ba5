package dev.weft.instrument.diagnose;

import dev.weft.instrument.abi.Abi;
import dev.weft.instrument.analysis.IndexedCode;
import dev.weft.instrument.model.ParsedClass;
import dev.weft.instrument.model.Problem;
import dev.weft.instrument.read.Methods;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** Finds the async code of a class that was never compiled. */
public final class Uncompiled {
    /** The most lines that a message lists. */
    private static final int MOST_LINES = 20;

    private Uncompiled() {}

    /**
     * Returns a problem for each async method, for each lambda that suspends, and for each call
     * that suspends in any other method.
     */
    public static List<Problem> in(ParsedClass parsed) {
        Methods methods = new Methods(parsed.node());
        List<Problem> problems = new ArrayList<>();
        for (MethodNode method : parsed.node().methods) {
            List<MethodInsnNode> waits = waits(methods.calls(method));
            boolean isAsync =
                    Methods.isAsync(method)
                            && !Methods.isBridge(method)
                            && method.instructions.size() > 0;
            if (isAsync || methods.isBody(method)) {
                problems.add(wholeMethod(method, waits, isAsync));
            } else if (!waits.isEmpty()) {
                addEach(method, waits, problems);
            }
        }
        return problems;
    }

    private static List<MethodInsnNode> waits(List<AbstractInsnNode> calls) {
        List<MethodInsnNode> waits = new ArrayList<>(0);
        for (AbstractInsnNode insn : calls) {
            if (insn instanceof MethodInsnNode call
                    && Abi.suspends(call)
                    && !Waits.closesAfterFailure(call)) {
                waits.add(call);
            }
        }
        return waits;
    }

    private static Problem wholeMethod(
            MethodNode method, List<MethodInsnNode> waits, boolean isAsync) {
        IndexedCode code = new IndexedCode(method);
        TreeSet<Integer> lines = new TreeSet<>();
        for (MethodInsnNode wait : waits) {
            lines.add(code.lineOf(code.indexOf(wait)));
        }
        lines.remove(0);
        String subject =
                isAsync ? "@Async method " + method.name : Wording.name(method) + " that awaits";
        return Wording.refused(
                code.firstLine(), method, subject + " is not compiled" + suffix(lines));
    }

    private static String suffix(Set<Integer> lines) {
        if (lines.isEmpty()) {
            return "";
        }
        String listed =
                lines.stream()
                        .limit(MOST_LINES)
                        .map(String::valueOf)
                        .collect(Collectors.joining(", "));
        return "; it suspends in line"
                + (lines.size() == 1 ? " " : "s ")
                + listed
                + (lines.size() > MOST_LINES ? ", ..." : "");
    }

    private static void addEach(
            MethodNode method, List<MethodInsnNode> waits, List<Problem> problems) {
        IndexedCode code = new IndexedCode(method);
        for (MethodInsnNode wait : waits) {
            String message = Waits.name(wait) + " in " + Wording.name(method) + " is not compiled";
            problems.add(Wording.refused(code.lineOf(code.indexOf(wait)), method, message));
        }
    }
}
