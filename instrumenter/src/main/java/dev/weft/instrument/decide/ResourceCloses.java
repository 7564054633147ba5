package dev.weft.instrument.decide;

import dev.weft.instrument.abi.Abi;
import dev.weft.instrument.analysis.IndexedCode;
import dev.weft.instrument.plan.ResourceClose;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Finds the closes of resources whose code can stay as a Java compiler has written it. JaCoCo
 * ignores most of them, by patterns that match no other code.
 */
final class ResourceCloses {
    private static final int NONE = -1;

    private ResourceCloses() {}

    /**
     * Returns the close that an await is for; null for any other await, and if the resource is in
     * no variable.
     */
    static @Nullable ResourceClose at(int await, IndexedCode code) {
        int call = code.straightBefore(await);
        int before = call < 0 ? NONE : code.straightBefore(call);
        if (before < 0 || !(code.get(call) instanceof MethodInsnNode close) || !isClosed(close)) {
            return null;
        }
        boolean failed = close.name.equals(Abi.CLOSED_AFTER);
        int failureLoad = failed ? before : NONE;
        int load = failed ? code.straightBefore(before) : before;
        AbstractInsnNode pop = code.straightAfter(await);
        if (load < 0 || !isLoad(code.get(load)) || pop == null) {
            return null;
        }
        AbstractInsnNode jump = code.straightAfter(code.indexOf(pop));
        return new ResourceClose(
                call,
                failureLoad,
                code.indexOf(pop),
                jump != null && jump.getOpcode() == Opcodes.GOTO ? code.indexOf(jump) : NONE,
                variable(code.get(load)),
                failed ? variable(code.get(failureLoad)) : NONE);
    }

    private static boolean isClosed(MethodInsnNode call) {
        return call.getOpcode() == Opcodes.INVOKESTATIC && Abi.isClosed(call);
    }

    private static boolean isLoad(AbstractInsnNode instruction) {
        return instruction.getOpcode() == Opcodes.ALOAD;
    }

    private static int variable(AbstractInsnNode load) {
        return ((VarInsnNode) load).var;
    }
}
