package dev.weft.instrument.decide;

import dev.weft.instrument.analysis.Blocks;
import dev.weft.instrument.plan.ResumeNode;
import dev.weft.instrument.plan.SharedResume;
import dev.weft.instrument.plan.SharedResume.ResumeStep;
import dev.weft.instrument.plan.Spill;
import dev.weft.instrument.plan.StackMapFrame;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Decides which awaits are resumed by common code. */
final class SharedResumePlanner {
    /** Bytes of a jump to where an await continues. */
    private static final int JUMP = 3;

    /** Bytes of the code that restores the value, which awaits outside of try ranges share. */
    private static final int VALUE = 5;

    /** The number of states from which a table is smaller than tests. */
    private static final int MANY = 4;

    private final Blocks blocks;
    private final List<ResumeGroup> groups = new ArrayList<>();
    private final Map<List<Spill>, ResumeGroup> latest = new HashMap<>();

    private SharedResumePlanner(Blocks blocks) {
        this.blocks = blocks;
    }

    /** Groups the awaits; those of a group are resumed by common code. */
    static List<ResumeGroup> plan(Blocks blocks, List<Crossing> crossings) {
        SharedResumePlanner planner = new SharedResumePlanner(blocks);
        for (Crossing crossing : crossings) {
            planner.add(crossing);
        }
        return planner.groups;
    }

    private void add(Crossing crossing) {
        int restoring = Spill.cost(crossing.locals()) + Spill.cost(crossing.stack());
        int value = isFree(blocks, crossing) ? VALUE : 0;
        boolean alone = restoring + JUMP + value <= ResumePlanner.TEST;
        ResumeGroup group = alone ? null : latest.get(crossing.locals());
        if (group == null || !group.accepts(crossing.stack())) {
            group = new ResumeGroup(crossing.locals());
            groups.add(group);
            if (!alone) {
                latest.put(crossing.locals(), group);
            }
        }
        group.add(crossing);
    }

    /**
     * Returns the node that resumes the awaits of a group.
     *
     * @param restore the local variables that the node restores first
     */
    static ResumeNode node(
            Blocks blocks, ResumeGroup group, List<Spill> restore, StackMapFrame entered) {
        SharedResume resume = resume(blocks, group);
        boolean direct =
                restore.isEmpty() && group.states().size() == 1 && group.deepest().isEmpty();
        return new ResumeNode.Resume(restore, entered, resume, direct);
    }

    private static SharedResume resume(Blocks blocks, ResumeGroup group) {
        Map<Integer, List<Crossing>> byDepth = new TreeMap<>();
        for (Crossing crossing : group.crossings()) {
            List<Crossing> equal = byDepth.get(crossing.stack().size());
            if (equal == null) {
                equal = new ArrayList<>();
                byDepth.put(crossing.stack().size(), equal);
            }
            equal.add(crossing);
        }
        List<ResumeStep> steps = new ArrayList<>();
        int reached = 0;
        for (Map.Entry<Integer, List<Crossing>> entry : byDepth.entrySet()) {
            int depth = entry.getKey();
            boolean last = steps.size() == byDepth.size() - 1;
            List<Spill> push = group.deepest().subList(reached, depth);
            steps.add(step(blocks, push, entry.getValue(), last));
            reached = depth;
        }
        return new SharedResume(steps);
    }

    private static ResumeStep step(
            Blocks blocks, List<Spill> push, List<Crossing> crossings, boolean last) {
        List<Integer> states = new ArrayList<>();
        boolean free = true;
        for (Crossing crossing : crossings) {
            states.add(crossing.state());
            free &= isFree(blocks, crossing);
        }
        boolean value = last && states.size() > 1 && free;
        return new ResumeStep(push, states, value, last && isTable(states));
    }

    /** Returns whether a table tells the states apart in fewer bytes than tests do. */
    static boolean isTable(List<Integer> states) {
        int span = states.get(states.size() - 1) - states.get(0) + 1;
        return states.size() >= MANY && span < 2 * states.size();
    }

    /** Returns whether the await is in no try range, so that shared code may throw its failure. */
    private static boolean isFree(Blocks blocks, Crossing crossing) {
        return !blocks.isProtected(crossing.index());
    }
}
