package dev.weft.instrument.diagnose;

import dev.weft.instrument.abi.Abi;
import dev.weft.instrument.analysis.IndexedCode;
import dev.weft.instrument.model.Problem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Handle;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** Refuses the method handles of calls that suspend, such as {@code Weft::await} creates. */
final class AwaitHandles {
    private AwaitHandles() {}

    static List<Problem> wrongIn(MethodNode method, List<AbstractInsnNode> calls) {
        List<Problem> problems = new ArrayList<>(0);
        IndexedCode code = null;
        for (AbstractInsnNode insn : calls) {
            Handle handle = suspending(insn);
            if (handle != null) {
                code = code == null ? new IndexedCode(method) : code;
                int line = code.lineOf(code.indexOf(insn));
                problems.add(Wording.refused(line, method, message(handle)));
            }
        }
        return problems;
    }

    private static @Nullable Handle suspending(AbstractInsnNode insn) {
        if (insn instanceof LdcInsnNode constant) {
            return suspending(constant.cst);
        }
        if (insn instanceof InvokeDynamicInsnNode call) {
            for (Object argument : call.bsmArgs) {
                Handle handle = suspending(argument);
                if (handle != null) {
                    return handle;
                }
            }
        }
        return null;
    }

    private static @Nullable Handle suspending(@Nullable Object constant) {
        return constant instanceof Handle handle && Abi.suspends(handle) ? handle : null;
    }

    private static String message(Handle handle) {
        String called = "a method reference to " + handle.getName();
        if (Abi.isOfEmit(handle)) {
            return called
                    + ": it would be called from code that is no generator. Write a loop in the"
                    + " generator that emits each element";
        }
        return (Abi.isOfClose(handle) ? called + " of closing(...)" : called)
                + ": it would be called from code that cannot suspend. Write a lambda that returns"
                + " Coroutine, or await in a loop";
    }
}
