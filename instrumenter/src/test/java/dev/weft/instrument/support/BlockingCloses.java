package dev.weft.instrument.support;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Tells the stand-in of the runtime after which failure a resource is closed: {@code
 * closing.close()} becomes {@code closing.close(failure)} where a Java compiler closes the resource
 * of a failed try statement.
 */
final class BlockingCloses {
    private BlockingCloses() {}

    /** Rewrites all methods. Returns whether there was anything to rewrite. */
    static boolean rewrite(ClassNode node) {
        boolean hasCloses = false;
        for (MethodNode method : node.methods) {
            for (AbstractInsnNode insn : method.instructions.toArray()) {
                VarInsnNode failure = isClose(insn) ? failure(insn) : null;
                if (failure != null) {
                    method.instructions.insertBefore(
                            insn, new VarInsnNode(Opcodes.ALOAD, failure.var));
                    ((MethodInsnNode) insn).desc = "(Ljava/lang/Throwable;)V";
                    method.maxStack = Math.max(method.maxStack, 2);
                    hasCloses = true;
                }
            }
        }
        return hasCloses;
    }

    private static boolean isClose(AbstractInsnNode insn) {
        return insn instanceof MethodInsnNode call
                && call.owner.equals("dev/weft/Closing")
                && call.name.equals("close")
                && call.desc.equals("()V");
    }

    /** Returns the load of the failure: the next, if it is thrown, or the one before its use. */
    private static VarInsnNode failure(AbstractInsnNode close) {
        AbstractInsnNode first = after(close, 1);
        if (is(first, Opcodes.ALOAD) && is(after(first, 1), Opcodes.ATHROW)) {
            return (VarInsnNode) first;
        }
        return is(first, Opcodes.GOTO)
                        && after(first, 4) instanceof MethodInsnNode call
                        && call.name.equals("addSuppressed")
                ? (VarInsnNode) after(first, 2)
                : null;
    }

    private static boolean is(AbstractInsnNode insn, int opcode) {
        return insn != null && insn.getOpcode() == opcode;
    }

    private static AbstractInsnNode after(AbstractInsnNode insn, int count) {
        AbstractInsnNode next = insn;
        for (int i = 0; i < count && next != null; i++) {
            do {
                next = next.getNext();
            } while (next != null && next.getOpcode() < 0);
        }
        return next;
    }
}
