package dev.weft.instrument.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One await.
 *
 * @param state its number, from 1
 * @param index of the instruction that it replaces or, if {@code use} is not VALUE, follows
 * @param unboxing what unboxes the result at once; null if nothing does
 * @param dropsClass whether a class lies on top of what is awaited
 * @param stack what lies under what is awaited, the bottom first
 * @param save the method that saves it all; null if there is nothing to save
 * @param surplusStack how many of {@code stack}, from the top, that method has no parameter for
 * @param surplusLocals those of {@code locals} that it has no parameter for
 * @param restored what is there once locals and stack are back
 * @param done the same with the result on top
 */
public record SuspensionPoint(
        int state,
        int index,
        Use use,
        @Nullable Unboxing unboxing,
        boolean dropsClass,
        List<Spill> stack,
        List<Spill> locals,
        @Nullable SaveMethod save,
        int surplusStack,
        List<Spill> surplusLocals,
        StackMapFrame restored,
        StackMapFrame done) {
    /** {@code (Integer) result} and {@code .intValue()}, which follow an await directly. */
    public record Unboxing(int cast, int call) {}

    /** What becomes of the result. */
    public enum Use {
        /** The source awaits: it is the value of the call. */
        VALUE,
        /** A coroutine to return was awaited where it was made; a coroutine is expected behind. */
        COROUTINE,
        /** The same, and the next instruction returns it. */
        RETURN
    }
}
