package dev.weft.instrument.decide;

import dev.weft.instrument.plan.Spill;
import java.util.ArrayList;
import java.util.List;

/**
 * Awaits that are resumed by common code: their local variables are the same, and the operands of
 * each are the first ones of the deepest stack.
 */
final class ResumeGroup {
    private final List<Spill> locals;
    private final List<Crossing> crossings = new ArrayList<>();
    private final List<Integer> states = new ArrayList<>();
    private List<Spill> deepest = List.of();

    ResumeGroup(List<Spill> locals) {
        this.locals = locals;
    }

    List<Spill> locals() {
        return locals;
    }

    /** Returns the awaits in the order of their states. */
    List<Crossing> crossings() {
        return crossings;
    }

    List<Integer> states() {
        return states;
    }

    List<Spill> deepest() {
        return deepest;
    }

    boolean accepts(List<Spill> stack) {
        int common = Math.min(stack.size(), deepest.size());
        return stack.subList(0, common).equals(deepest.subList(0, common));
    }

    void add(Crossing crossing) {
        crossings.add(crossing);
        states.add(crossing.state());
        if (crossing.stack().size() > deepest.size()) {
            deepest = crossing.stack();
        }
    }
}
