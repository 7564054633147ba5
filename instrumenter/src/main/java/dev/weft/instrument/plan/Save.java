package dev.weft.instrument.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The way in which the values that live across an await are stored in fields of the frame. */
public sealed interface Save {
    /**
     * Returns the operands that the await itself stores or drops, from the top of the stack down.
     */
    List<Spill> storedStack();

    /** Returns the local variables that the await itself stores. */
    List<Spill.InField> storedLocals();

    /**
     * A method of the frame class stores the other values.
     *
     * @param method null if there is nothing to store
     * @param locals the local variables that the method takes
     */
    record ByMethod(
            @Nullable SaveMethod method,
            List<Spill> storedStack,
            List<Spill.InField> storedLocals,
            List<Spill.InField> locals)
            implements Save {}

    /**
     * Code of the body that awaits share stores the other values.
     *
     * @param ladder the number of the ladder
     * @param step the number of its step that the await jumps to
     * @param cleared variables that this step stores although they are not in use; they become null
     *     or 0 before
     */
    record ByLadder(
            int ladder,
            int step,
            List<Spill> storedStack,
            List<Spill.InField> storedLocals,
            List<Spill.InField> cleared)
            implements Save {}

    /** Stores the variables of several awaits, each of which begins at one of the steps. */
    record Ladder(List<Step> steps) {}

    /**
     * Stores some variables and continues with the next step, or returns.
     *
     * @param entered the frame before this step
     */
    record Step(List<Spill.InField> locals, StackMapFrame entered) {}
}
