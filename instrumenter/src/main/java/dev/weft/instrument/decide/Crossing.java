package dev.weft.instrument.decide;

import dev.weft.instrument.plan.Spill;
import dev.weft.instrument.plan.StackMapFrame;
import dev.weft.instrument.plan.SuspensionPoint.Use;
import java.util.List;

/**
 * A draft of a suspension point: the values that cross it, before anything is decided about the
 * code that saves and restores them.
 *
 * @param state its number, from 1
 * @param locals the live local variables
 * @param stack the operands under the awaited value, the bottom first
 * @param restored the frame once both are restored
 */
record Crossing(
        int state,
        int index,
        Use use,
        boolean dropsClass,
        List<Spill> locals,
        List<Spill> stack,
        StackMapFrame restored) {
    /** Returns a draft that restores other local variables, and is the same otherwise. */
    Crossing with(List<Spill> others) {
        return new Crossing(state, index, use, dropsClass, others, stack, restored);
    }
}
