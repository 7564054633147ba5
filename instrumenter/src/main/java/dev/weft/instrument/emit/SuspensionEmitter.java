package dev.weft.instrument.emit;

import dev.weft.instrument.plan.SuspensionPoint;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;

/** Writes the code that suspends and resumes a body, in one of its shapes. */
interface SuspensionEmitter {
    /**
     * Writes further ranges of a handler of the source, for code that this shape writes elsewhere.
     * Returns their number.
     */
    int ranges(TryCatchBlockNode block, MethodVisitor to);

    /** Writes the handlers of this code, which follow those of the source. */
    void handlers(MethodVisitor to);

    /** Writes the code before the source's first instruction. */
    void dispatch();

    /**
     * Writes the code for one of the instructions that the point covers: the source's call, if that
     * becomes direct, or the await of the value on top of the stack.
     */
    void await(int index, AbstractInsnNode instruction, SuspensionPoint point);
}
