package dev.weft.instrument.plan;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.tree.MethodInsnNode;

/**
 * One await.
 *
 * @param state its number, from 1
 * @param index of the instruction that it replaces or, if {@code use} is not VALUE, follows
 * @param direct the call of a body that takes the place of the source's call; null if the await
 *     gets an object
 * @param unboxed whether an {@link Unboxing} takes the result
 * @param dropsClass whether the operand above the awaited value is a class, which the body drops
 * @param call the call of the runtime before it, which the await includes; null if there is none
 * @param close the close of a resource, of which this is the await; null for other awaits and in
 *     other shapes
 * @param restored the frame once locals and stack are restored
 */
public record SuspensionPoint(
        int state,
        int index,
        Use use,
        @Nullable DirectCall direct,
        boolean unboxed,
        boolean dropsClass,
        @Nullable MethodInsnNode call,
        @Nullable ResourceClose close,
        Save save,
        StackMapFrame restored)
        implements Edit {
    /** The use of the result. */
    public enum Use {
        /** The source awaits: the result is the value of the call. */
        VALUE,
        /**
         * A coroutine that will be returned is awaited early. The code that follows expects a
         * coroutine or null; null is not awaited.
         */
        COROUTINE,
        /** The same, and the next instruction returns the coroutine. */
        RETURN
    }

    @Override
    public boolean isEmptyAt(int at) {
        return (direct != null && direct.erased().contains(at))
                || (close != null && close.isEmptyAt(at));
    }
}
