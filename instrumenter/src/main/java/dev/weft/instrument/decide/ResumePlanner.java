package dev.weft.instrument.decide;

import dev.weft.instrument.analysis.Blocks;
import dev.weft.instrument.plan.ResumeDispatch;
import dev.weft.instrument.plan.ResumeNode;
import dev.weft.instrument.plan.ResumeNode.Case;
import dev.weft.instrument.plan.ResumeNode.Choice;
import dev.weft.instrument.plan.ResumeNode.FirstStep;
import dev.weft.instrument.plan.ResumeNode.Resume;
import dev.weft.instrument.plan.SharedResume;
import dev.weft.instrument.plan.SharedResume.ResumeStep;
import dev.weft.instrument.plan.Slots;
import dev.weft.instrument.plan.Spill;
import dev.weft.instrument.plan.StateSet;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Plans the dispatch at a body's entry: the tests of the state, and the values that are restored
 * between the tests.
 *
 * <p>A few branches leave common code one after another, as {@link PartingOrder} arranges them.
 * Many branches are told apart by a table; if that is smaller, they share ladders.
 */
final class ResumePlanner {
    /** Bytes of code that tell one state from the others. */
    static final int TEST = 6;

    /** Bytes of a table that has no cases yet. */
    private static final int TABLE = 18;

    private static final int CASE = 4;

    /** More branches are told apart by a table, which takes the same time for all of them. */
    private static final int FEW = 8;

    private static final List<Integer> FIRST_STATE = List.of(0);

    /**
     * A branch before its place is known.
     *
     * @param group null for the first step
     */
    record Draft(List<Spill> locals, @Nullable ResumeGroup group) {
        List<Integer> states() {
            return group == null ? FIRST_STATE : group.states();
        }
    }

    private final Blocks blocks;
    private final StackMapFrames frames;
    private final Slots slots;
    private final boolean separateFirst;

    /**
     * @param separateFirst true if other code is between the dispatch and the first step
     */
    ResumePlanner(Blocks blocks, StackMapFrames frames, Slots slots, boolean separateFirst) {
        this.blocks = blocks;
        this.frames = frames;
        this.slots = slots;
        this.separateFirst = separateFirst;
    }

    /**
     * Plans the dispatch.
     *
     * @param first the arguments that the first step restores; null if the dispatch is for later
     *     steps only
     */
    ResumeDispatch plan(List<Crossing> crossings, @Nullable List<Spill> first) {
        List<Draft> drafts = new ArrayList<>();
        if (first != null) {
            drafts.add(new Draft(first, null));
        }
        for (ResumeGroup group : SharedResumePlanner.plan(blocks, crossings)) {
            drafts.add(new Draft(group.locals(), group));
        }
        if (drafts.isEmpty()) {
            return new ResumeDispatch(null, true, new StateSet(new BitSet()));
        }
        if (drafts.size() <= FEW) {
            List<PartingOrder.Part> parts = new PartingOrder(drafts).parts();
            if (drafts.size() <= 2 || !tableIsSmaller(drafts, parts)) {
                return dispatch(parting(drafts, parts));
            }
        }
        ResumeNode table = table(drafts);
        ResumeNode ladders = new LadderResumes(blocks, frames).plan(crossings, first);
        boolean smaller = DispatchSize.of(ladders, slots) < DispatchSize.of(table, slots);
        return dispatch(smaller ? ladders : table);
    }

    /**
     * Plans a dispatch in which each await restores its values alone, without tests of the state.
     *
     * @param first the arguments that the first step restores
     */
    ResumeDispatch planApart(List<Crossing> crossings, List<Spill> first) {
        List<Draft> drafts = new ArrayList<>();
        drafts.add(new Draft(first, null));
        for (Crossing crossing : crossings) {
            ResumeGroup alone = new ResumeGroup(crossing.locals());
            alone.add(crossing);
            drafts.add(new Draft(crossing.locals(), alone));
        }
        return dispatch(crossings.isEmpty() ? leaf(null, first, List.of()) : table(drafts));
    }

    private static boolean tableIsSmaller(List<Draft> drafts, List<PartingOrder.Part> parts) {
        int parted = 0;
        for (PartingOrder.Part part : parts) {
            parted += Spill.cost(part.shared()) + Spill.cost(part.rest());
            parted += TEST * drafts.get(part.draft()).states().size();
        }
        parted -= TEST * drafts.get(parts.get(parts.size() - 1).draft()).states().size();
        int apart = TABLE;
        for (Draft draft : drafts) {
            apart += Spill.cost(draft.locals()) + CASE * draft.states().size();
        }
        return apart < parted;
    }

    /** Returns nodes in which one branch after another leaves. */
    private ResumeNode parting(List<Draft> drafts, List<PartingOrder.Part> parts) {
        ResumeNode node = null;
        List<Integer> states = List.of();
        for (int i = parts.size() - 1; i >= 0; i--) {
            PartingOrder.Part part = parts.get(i);
            List<Spill> before = restoredBefore(parts, i);
            List<Spill> after = new ArrayList<>(before);
            after.addAll(part.shared());
            Draft draft = drafts.get(part.draft());
            if (node == null) {
                List<Spill> restore = new ArrayList<>(part.shared());
                restore.addAll(part.rest());
                node = leaf(draft.group(), restore, before);
            } else {
                ResumeNode leaf = leaf(draft.group(), part.rest(), after);
                List<Case> cases =
                        List.of(
                                new Case(leaf, draft.states(), false),
                                new Case(node, states, false));
                node = new Choice(part.shared(), frames.entered(before), cases, false);
            }
            states = new ArrayList<>(states);
            states.addAll(draft.states());
        }
        if (node == null) {
            throw new IllegalStateException("no branch");
        }
        return node;
    }

    private static List<Spill> restoredBefore(List<PartingOrder.Part> parts, int number) {
        List<Spill> restored = new ArrayList<>();
        for (PartingOrder.Part part : parts.subList(0, number)) {
            restored.addAll(part.shared());
        }
        return restored;
    }

    private ResumeNode leaf(@Nullable ResumeGroup group, List<Spill> restore, List<Spill> before) {
        return group == null
                ? new FirstStep(restore, frames.entered(before))
                : SharedResumePlanner.node(blocks, group, restore, frames.entered(before));
    }

    /** Returns a table of all branches, each of which restores its values by itself. */
    private ResumeNode table(List<Draft> drafts) {
        List<Case> cases = new ArrayList<>();
        List<Draft> firstLast = new ArrayList<>(drafts);
        Collections.rotate(firstLast, -1);
        for (Draft draft : firstLast) {
            ResumeNode leaf = leaf(draft.group(), draft.locals(), List.of());
            cases.add(new Case(leaf, draft.states(), false));
        }
        return new Choice(List.of(), frames.entered(List.of()), cases, true);
    }

    private ResumeDispatch dispatch(ResumeNode root) {
        BitSet restoredValues = new BitSet();
        boolean firstFollows = !separateFirst;
        Deque<ResumeNode> open = new ArrayDeque<>(List.of(root));
        while (!open.isEmpty()) {
            ResumeNode node = open.removeFirst();
            if (node instanceof Choice choice) {
                firstFollows &= followsIn(choice);
                for (Case next : choice.cases()) {
                    open.addLast(next.node());
                }
            } else if (node instanceof Resume resume) {
                addRestoredValues(resume.resume(), restoredValues);
                firstFollows &= resume.direct();
            }
        }
        return new ResumeDispatch(root, firstFollows, new StateSet(restoredValues));
    }

    /**
     * Returns whether no code but the first step's follows this choice, provided that all awaits
     * need no code: then the first step must be the last but one to leave.
     */
    private static boolean followsIn(Choice choice) {
        if (choice.table()) {
            return false;
        }
        ResumeNode leaving = choice.cases().get(0).node();
        ResumeNode last = choice.cases().get(choice.cases().size() - 1).node();
        boolean isEnd = !(last instanceof Choice);
        return isEnd == leaving instanceof FirstStep;
    }

    private static void addRestoredValues(SharedResume resume, BitSet states) {
        for (ResumeStep step : resume.steps()) {
            for (int state : step.states()) {
                states.set(state, step.value());
            }
        }
    }
}
