package dev.weft.instrument.plan;

import dev.weft.instrument.plan.ReturnPlan.Way;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All changes to the method's instructions. */
public final class Edits {
    private final List<SuspensionPoint> points;
    private final @Nullable Edit[] byIndex;
    private final BitSet nops;
    private final int mostFillers;

    /**
     * @param points the suspension points by state, from 1
     * @param byIndex the change to each instruction; null for those that stay
     * @param nops the instructions that a NOP replaces, because a try range would become empty
     *     (JVMS 4.7.3)
     * @param mostFillers the largest number of unused ints that a direct call passes
     */
    public Edits(
            List<SuspensionPoint> points, @Nullable Edit[] byIndex, BitSet nops, int mostFillers) {
        this.points = points;
        this.byIndex = byIndex;
        this.nops = nops;
        this.mostFillers = mostFillers;
    }

    /** Returns the suspension points in the order of their states, which begin with 1. */
    public List<SuspensionPoint> points() {
        return points;
    }

    /** Returns whether the body ends anywhere by a call of another body. */
    public boolean hasTailCalls() {
        for (Edit edit : byIndex) {
            if (edit instanceof ReturnPlan returned
                    && (returned.way() == Way.TAIL || returned.way() == Way.CALL)) {
                return true;
            }
        }
        return false;
    }

    /** Returns the largest number of unused ints that a direct call passes. */
    public int mostFillers() {
        return mostFillers;
    }

    public @Nullable Edit at(int index) {
        return byIndex[index];
    }

    public boolean isNop(int index) {
        return nops.get(index);
    }

    /** Returns whether nothing replaces the instruction. */
    public boolean isErased(int index) {
        Edit edit = byIndex[index];
        return edit != null && edit.isEmptyAt(index) && !nops.get(index);
    }
}
