package dev.weft.instrument.decide;

import dev.weft.instrument.plan.ResumeDispatch;
import dev.weft.instrument.plan.ResumeDispatch.Branch;
import dev.weft.instrument.plan.SharedResume;
import dev.weft.instrument.plan.Spill;
import dev.weft.instrument.plan.StackMapFrame;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides in which order the branches part from common code, so that what several of them bring
 * back is brought back in one place. Each time the one parts without which the others have most in
 * common.
 */
final class ResumePlanner {
    /** Bytes of code that telling one state from the others takes. */
    static final int TEST = 6;

    /** Bytes of a table that has no cases yet. */
    private static final int TABLE = 18;

    private static final int CASE = 4;

    /** More branches are told apart by a table, which takes the same time for all of them. */
    private static final int MOST = 8;

    /** A branch: its number is its bit in the masks. */
    private record Draft(List<Spill> locals, @Nullable SharedResume chain, List<Object> types) {}

    private final List<Draft> drafts = new ArrayList<>();
    private final StackMapFrames shapes;

    /** Whatever a branch brings back, once. */
    private final List<Spill> all = new ArrayList<>();

    /** By index in that list: the branches that bring it back. */
    private int[] masks = {};

    /**
     * @param first how a frame lists the local variables that the source's first instruction finds
     */
    ResumePlanner(
            List<SharedResume> chains,
            List<Spill> arguments,
            List<Object> first,
            StackMapFrames shapes) {
        this.shapes = shapes;
        drafts.add(new Draft(arguments, null, first));
        for (SharedResume chain : chains) {
            drafts.add(new Draft(chain.locals(), chain, chain.sites().get(0).restored().locals()));
        }
    }

    ResumeDispatch plan() {
        if (drafts.size() > MOST) {
            return table();
        }
        compare();
        ResumeDispatch parting = parting();
        return drafts.size() > 2 && tableIsSmaller(parting) ? table() : parting;
    }

    private void compare() {
        Map<Spill, Integer> indexes = new HashMap<>();
        int values = 0;
        for (Draft draft : drafts) {
            values += draft.locals().size();
        }
        masks = new int[values];
        for (int branch = 0; branch < drafts.size(); branch++) {
            for (Spill saved : drafts.get(branch).locals()) {
                Integer known = indexes.putIfAbsent(saved, all.size());
                masks[known == null ? all.size() : known] |= 1 << branch;
                if (known == null) {
                    all.add(saved);
                }
            }
        }
    }

    private ResumeDispatch table() {
        List<Branch> branches = new ArrayList<>();
        for (Draft draft : drafts) {
            StackMapFrame shape = shapes.entered(draft.types(), new BitSet());
            branches.add(new Branch(List.of(), draft.locals(), draft.chain(), shape));
        }
        return new ResumeDispatch(branches, true);
    }

    private ResumeDispatch parting() {
        List<Branch> branches = new ArrayList<>();
        BitSet back = new BitSet();
        BitSet slots = new BitSet();
        int left = (1 << drafts.size()) - 1;
        while (left != 0) {
            List<Spill> shared = new ArrayList<>();
            for (int i = 0; i < all.size(); i++) {
                Spill saved = all.get(i);
                // The frame where a branch parts could not say what the null of each await is.
                if ((masks[i] & left) == left && !back.get(i) && !saved.isNull()) {
                    back.set(i);
                    shared.add(saved);
                    slots.set(saved.position());
                }
            }
            int next = next(left);
            branches.add(branch(next, shared, back, slots));
            left &= ~(1 << next);
        }
        return new ResumeDispatch(branches, false);
    }

    private Branch branch(int number, List<Spill> shared, BitSet back, BitSet slots) {
        List<Spill> rest = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            if ((masks[i] & 1 << number) != 0 && !back.get(i)) {
                rest.add(all.get(i));
            }
        }
        Draft draft = drafts.get(number);
        return new Branch(shared, rest, draft.chain(), shapes.entered(draft.types(), slots));
    }

    /** The first step is never the last to part: the source's code follows on it. */
    private int next(int left) {
        int best = Integer.numberOfTrailingZeros(left);
        if (Integer.bitCount(left) > 2) {
            int most = Integer.MIN_VALUE;
            for (int i = best; i < drafts.size(); i++) {
                int gain = gain(left, 1 << i) - TEST * states(drafts.get(i).chain());
                if ((left & 1 << i) != 0 && gain > most) {
                    most = gain;
                    best = i;
                }
            }
        }
        return best;
    }

    /** Bytes that the others share if this one parts. */
    private int gain(int left, int parts) {
        int others = left & ~parts;
        int bytes = 0;
        for (int i = 0; i < all.size(); i++) {
            bytes += (masks[i] & others) == others ? all.get(i).cost() : 0;
        }
        return bytes;
    }

    private boolean tableIsSmaller(ResumeDispatch parting) {
        int parted = 0;
        for (Branch branch : parting.branches()) {
            parted += Spill.cost(branch.shared()) + Spill.cost(branch.rest());
            parted += TEST * states(branch.chain());
        }
        Branch last = parting.branches().get(drafts.size() - 1);
        parted -= TEST * states(last.chain());
        int apart = TABLE;
        for (Draft draft : drafts) {
            apart += Spill.cost(draft.locals()) + CASE * states(draft.chain());
        }
        return apart < parted;
    }

    /** How many states go that way. */
    private static int states(@Nullable SharedResume chain) {
        return chain == null ? 1 : chain.sites().size();
    }
}
