package dev.weft.instrument.plan;

import dev.weft.instrument.plan.Entry.Branch;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides in which order the branches part from common code, so that what several of them bring
 * back is brought back in one place. Each time the one parts without which the others have most in
 * common.
 */
final class EntryPlanner {
    /** Bytes of code that telling one state from the others takes. */
    private static final int TEST = 8;

    /** Bytes of a table that has no cases yet. */
    private static final int TABLE = 20;

    private static final int CASE = 4;

    /** More branches are told apart by a table, which takes the same time for all of them. */
    private static final int MOST = 8;

    /** A branch: its number is its bit in the masks. */
    private record Draft(List<Saved> locals, @Nullable Chain chain, Shape goesOn) {
        int tests() {
            return chain == null ? 1 : chain.sites().size();
        }
    }

    private final List<Draft> drafts = new ArrayList<>();
    private final Shapes shapes;

    /** What the branches bring back, each with the branches that do. */
    private final Map<Saved, Integer> masks = new LinkedHashMap<>();

    /**
     * @param first the frame before the source's first instruction, but with the value
     */
    EntryPlanner(List<Chain> chains, List<Saved> arguments, Shape first, Shapes shapes) {
        this.shapes = shapes;
        drafts.add(new Draft(arguments, null, first));
        for (Chain chain : chains) {
            drafts.add(new Draft(chain.locals(), chain, chain.sites().get(0).restored()));
        }
    }

    Entry plan() {
        if (drafts.size() > MOST) {
            return table();
        }
        for (int i = 0; i < drafts.size(); i++) {
            for (Saved saved : drafts.get(i).locals()) {
                masks.put(saved, masks.getOrDefault(saved, 0) | 1 << i);
            }
        }
        Entry parting = parting();
        return drafts.size() > 2 && tableIsSmaller(parting) ? table() : parting;
    }

    private Entry table() {
        List<Branch> branches = new ArrayList<>();
        for (Draft draft : drafts) {
            branches.add(branch(draft, List.of(), List.of()));
        }
        return new Entry(branches, true);
    }

    private Entry parting() {
        List<Branch> branches = new ArrayList<>();
        List<Saved> back = new ArrayList<>();
        int left = (1 << drafts.size()) - 1;
        while (left != 0) {
            List<Saved> shared = sharedBy(left);
            shared.removeAll(back);
            back.addAll(shared);
            int next = next(left);
            branches.add(branch(drafts.get(next), shared, back));
            left &= ~(1 << next);
        }
        return new Entry(branches, false);
    }

    private Branch branch(Draft draft, List<Saved> shared, List<Saved> back) {
        List<Saved> rest = new ArrayList<>(draft.locals());
        rest.removeAll(back);
        BitSet slots = new BitSet();
        for (Saved saved : back) {
            slots.set(saved.position());
        }
        return new Branch(shared, rest, draft.chain(), shapes.entered(draft.goesOn(), slots));
    }

    private List<Saved> sharedBy(int branches) {
        List<Saved> shared = new ArrayList<>();
        for (Map.Entry<Saved, Integer> entry : masks.entrySet()) {
            if ((entry.getValue() & branches) == branches) {
                shared.add(entry.getKey());
            }
        }
        return shared;
    }

    /** The first step is never the last to part: the source's code follows on it. */
    private int next(int left) {
        int best = Integer.numberOfTrailingZeros(left);
        if (Integer.bitCount(left) > 2) {
            int most = Integer.MIN_VALUE;
            for (int i = 0; i < drafts.size(); i++) {
                int gain = gain(left, i);
                if (gain > most) {
                    most = gain;
                    best = i;
                }
            }
        }
        return best;
    }

    /** Bytes that the others share if this one parts, less its tests. */
    private int gain(int left, int branch) {
        int bit = 1 << branch;
        return (left & bit) == 0
                ? Integer.MIN_VALUE
                : cost(sharedBy(left & ~bit)) - TEST * drafts.get(branch).tests();
    }

    private boolean tableIsSmaller(Entry parting) {
        int parted = 0;
        int apart = TABLE;
        for (int i = 0; i < drafts.size(); i++) {
            Branch branch = parting.branches().get(i);
            parted += cost(branch.shared()) + cost(branch.rest());
            if (i < drafts.size() - 1) {
                parted += TEST * (branch.chain() == null ? 1 : branch.chain().sites().size());
            }
            apart += cost(drafts.get(i).locals()) + CASE * drafts.get(i).tests();
        }
        return apart < parted;
    }

    private static int cost(List<Saved> saved) {
        int bytes = 0;
        for (Saved one : saved) {
            bytes += one.cost();
        }
        return bytes;
    }
}
