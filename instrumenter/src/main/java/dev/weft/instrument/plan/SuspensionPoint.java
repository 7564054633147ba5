package dev.weft.instrument.plan;

/**
 * One await.
 *
 * @param state its number, from 1
 * @param index of the instruction that it replaces or, if {@code use} is not VALUE, follows
 * @param unboxed whether an {@link Unboxing} takes the result
 * @param dropsClass whether a class lies on top of the awaited value
 * @param restored the frame once locals and stack are restored
 * @param done the same with the result on top
 */
public record SuspensionPoint(
        int state,
        int index,
        Use use,
        boolean unboxed,
        boolean dropsClass,
        Save save,
        StackMapFrame restored,
        StackMapFrame done)
        implements Edit {
    /** What becomes of the result. */
    public enum Use {
        /** The source awaits: the result is the value of the call. */
        VALUE,
        /** A coroutine to return is awaited early; the code that follows expects a coroutine. */
        COROUTINE,
        /** The same, and the next instruction returns the result. */
        RETURN
    }

    @Override
    public boolean isEmptyAt(int at) {
        return false;
    }
}
