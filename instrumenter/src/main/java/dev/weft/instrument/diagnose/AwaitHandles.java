package dev.weft.instrument.diagnose;

import dev.weft.instrument.abi.Abi;
import dev.weft.instrument.analysis.IndexedCode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Handle;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** The method handles of calls that suspend, such as {@code Weft::await} creates. */
final class AwaitHandles {
    private AwaitHandles() {}

    static List<Integer> linesIn(MethodNode method, List<AbstractInsnNode> calls) {
        List<Integer> lines = new ArrayList<>();
        IndexedCode code = null;
        for (AbstractInsnNode insn : calls) {
            if (makesHandle(insn)) {
                code = code == null ? new IndexedCode(method) : code;
                lines.add(code.lineOf(code.indexOf(insn)));
            }
        }
        return lines;
    }

    private static boolean makesHandle(AbstractInsnNode insn) {
        if (insn instanceof LdcInsnNode constant) {
            return isOfAwait(constant.cst);
        }
        if (insn instanceof InvokeDynamicInsnNode call) {
            for (Object argument : call.bsmArgs) {
                if (isOfAwait(argument)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isOfAwait(@Nullable Object constant) {
        return constant instanceof Handle handle && Abi.suspends(handle);
    }
}
