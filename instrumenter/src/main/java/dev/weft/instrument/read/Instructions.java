package dev.weft.instrument.read;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/** Short sequences of instructions. Labels, lines and frames do not count. */
public final class Instructions {
    private Instructions() {}

    /** Returns the next instruction; null after the last one and after null. */
    public static @Nullable AbstractInsnNode next(@Nullable AbstractInsnNode insn) {
        AbstractInsnNode next = insn == null ? null : insn.getNext();
        while (next != null && next.getOpcode() < 0) {
            next = next.getNext();
        }
        return next;
    }

    /**
     * Returns the load of {@code failure} if javac has written {@code last} at the end of the try:
     *
     * <pre>{@code
     * try { resource.close(); } catch (Throwable e) { failure.addSuppressed(e); }
     * }</pre>
     */
    public static @Nullable VarInsnNode suppressing(@Nullable AbstractInsnNode last) {
        AbstractInsnNode leave = next(last);
        if (leave == null || leave.getOpcode() != Opcodes.GOTO) {
            return null;
        }
        AbstractInsnNode load = next(next(leave)); // after the store of e
        return load instanceof VarInsnNode failure
                        && load.getOpcode() == Opcodes.ALOAD
                        && next(next(load)) instanceof MethodInsnNode call
                        && call.name.equals("addSuppressed")
                ? failure
                : null;
    }
}
