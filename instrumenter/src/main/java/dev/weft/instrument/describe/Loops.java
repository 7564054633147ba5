package dev.weft.instrument.describe;

import dev.weft.instrument.analysis.IndexedCode;
import dev.weft.instrument.analysis.Targets;
import dev.weft.instrument.explain.MethodStates.Loop;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LineNumberNode;

/**
 * Finds the loops of a method: the code from the target of a backward jump to the last such jump.
 */
final class Loops {
    /** The most loops that are described, the outermost first. */
    static final int MOST = 200;

    private Loops() {}

    /**
     * Returns the loops.
     *
     * @param states by the indexes of their awaits
     * @param omissions learns of loops that are left out
     */
    static List<Loop> in(IndexedCode code, Map<Integer, Integer> states, Omissions omissions) {
        TreeMap<Integer, Integer> ends = new TreeMap<>();
        for (int i = code.turns().nextSetBit(0); i >= 0; i = code.turns().nextSetBit(i + 1)) {
            for (LabelNode target : Targets.of(code.get(i))) {
                int start = code.indexOf(target);
                if (start < i) {
                    ends.merge(start, i, Math::max);
                }
            }
        }
        List<Loop> loops = new ArrayList<>();
        ends.forEach(
                (start, end) -> {
                    if (loops.size() < MOST) {
                        loops.add(loop(code, start, end, states));
                    }
                });
        omissions.ofLoops(loops.size(), ends.size());
        return loops;
    }

    private static Loop loop(IndexedCode code, int start, int end, Map<Integer, Integer> states) {
        int first = code.lineOf(start);
        int last = first;
        List<Integer> inside = new ArrayList<>();
        for (int i = start; i <= end; i++) {
            if (code.get(i) instanceof LineNumberNode line) {
                first = first == 0 ? line.line : Math.min(first, line.line);
                last = Math.max(last, line.line);
            }
            Integer state = states.get(i);
            if (state != null) {
                inside.add(state);
            }
        }
        return new Loop(first, last, inside);
    }
}
