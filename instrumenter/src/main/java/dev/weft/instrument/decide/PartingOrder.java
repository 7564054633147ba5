package dev.weft.instrument.decide;

import dev.weft.instrument.decide.ResumePlanner.Draft;
import dev.weft.instrument.plan.Spill;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Decides in which order branches leave the code that restores values for all of them. Each branch
 * leaves after the last value that it shares with the remaining ones. The next to leave is the
 * branch whose removal leaves the most in common.
 */
final class PartingOrder {
    /**
     * A branch at its position in the order.
     *
     * @param draft its number
     * @param shared the values restored before it leaves, for those that remain too
     * @param rest the values restored after that, for this branch alone
     */
    record Part(int draft, List<Spill> shared, List<Spill> rest) {}

    /** A draft's number is its bit in the masks. */
    private final List<Draft> drafts;

    /** The values that any branch restores, once each. */
    private final List<Spill> all = new ArrayList<>();

    /** By index in that list: the branches that restore the value. */
    private final int[] masks;

    /**
     * @param drafts at most 32
     */
    PartingOrder(List<Draft> drafts) {
        this.drafts = drafts;
        int values = 0;
        for (Draft draft : drafts) {
            values += draft.locals().size();
        }
        masks = new int[values];
        int[] indexes = new int[1 + highest(drafts)];
        for (int branch = 0; branch < drafts.size(); branch++) {
            for (Spill spill : drafts.get(branch).locals()) {
                int number = spill.number();
                if (indexes[number] == 0) {
                    all.add(spill);
                    indexes[number] = all.size();
                }
                masks[indexes[number] - 1] |= 1 << branch;
            }
        }
    }

    private static int highest(List<Draft> drafts) {
        int highest = 0;
        for (Draft draft : drafts) {
            for (Spill spill : draft.locals()) {
                highest = Math.max(highest, spill.number());
            }
        }
        return highest;
    }

    /** Returns the branches in their order. */
    List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        BitSet restored = new BitSet();
        int left = (1 << drafts.size()) - 1;
        while (left != 0) {
            List<Spill> shared = new ArrayList<>();
            for (int i = 0; i < all.size(); i++) {
                // No frame could tell the type of a null that several branches share.
                if ((masks[i] & left) == left && !restored.get(i) && !all.get(i).isNull()) {
                    restored.set(i);
                    shared.add(all.get(i));
                }
            }
            int next = next(left);
            parts.add(new Part(next, shared, rest(next, restored)));
            left &= ~(1 << next);
        }
        return parts;
    }

    private List<Spill> rest(int number, BitSet restored) {
        List<Spill> rest = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            if ((masks[i] & 1 << number) != 0 && !restored.get(i)) {
                rest.add(all.get(i));
            }
        }
        return rest;
    }

    /**
     * Returns the branch to leave next. The first step never leaves last: its code is written last,
     * before the source's.
     */
    private int next(int left) {
        int best = Integer.numberOfTrailingZeros(left);
        if (Integer.bitCount(left) > 2) {
            int most = Integer.MIN_VALUE;
            for (int i = best; i < drafts.size(); i++) {
                int gain = gain(left, 1 << i) - ResumePlanner.TEST * drafts.get(i).states().size();
                if ((left & 1 << i) != 0 && gain > most) {
                    most = gain;
                    best = i;
                }
            }
        }
        return best;
    }

    /** Returns how many bytes of code the other branches share if {@code leaving} leaves. */
    private int gain(int left, int leaving) {
        int others = left & ~leaving;
        int bytes = 0;
        for (int i = 0; i < all.size(); i++) {
            bytes += (masks[i] & others) == others ? all.get(i).cost() : 0;
        }
        return bytes;
    }
}
