package dev.weft.instrument.diagnose;

import dev.weft.instrument.abi.Abi;
import dev.weft.instrument.analysis.IndexedCode;
import dev.weft.instrument.model.Problem;
import dev.weft.instrument.read.Instructions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Finds {@code closing(x).use { ... }} in Kotlin. Kotlin copies {@code use} into the caller, but
 * the resource is closed inside Kotlin's library, where nothing can wait:
 *
 * <pre>{@code
 * AutoCloseable c = closing(x);
 * ... (Closing) c ...            // the parameter of the lambda
 * closeFinally(c, failure);
 * }</pre>
 */
final class KotlinUses {
    private static final String CLOSE = "closeFinally";
    private static final String CLOSE_DESCRIPTOR =
            "(Ljava/lang/AutoCloseable;Ljava/lang/Throwable;)V";

    private static final String MESSAGE =
            "use closes closing(...) inside Kotlin's library, where nothing can wait for the end:"
                    + " keep closing(...) in a val, and call its close() in the finally of a try";

    private KotlinUses() {}

    /** Returns the problems of a method, each at the line where the resource is created. */
    static List<Problem> in(MethodNode method, List<AbstractInsnNode> calls) {
        for (AbstractInsnNode insn : calls) {
            if (insn instanceof MethodInsnNode call && isClose(call)) {
                return of(method);
            }
        }
        return List.of();
    }

    private static boolean isClose(MethodInsnNode call) {
        return call.name.equals(CLOSE) && call.desc.equals(CLOSE_DESCRIPTOR);
    }

    /** A variable that holds a resource and is closed counts once for each time it is stored. */
    private static List<Problem> of(MethodNode method) {
        IndexedCode code = new IndexedCode(method);
        Map<Integer, Integer> stored = new HashMap<>();
        Map<Integer, Integer> resources = new HashMap<>();
        List<Problem> problems = new ArrayList<>();
        for (int i = 0; i < code.size(); i++) {
            AbstractInsnNode insn = code.get(i);
            if (insn.getOpcode() == Opcodes.ASTORE) {
                stored.put(((VarInsnNode) insn).var, i);
                resources.remove(((VarInsnNode) insn).var);
            } else if (insn.getOpcode() == Opcodes.ALOAD) {
                VarInsnNode load = (VarInsnNode) insn;
                if (castsToClosing(Instructions.next(load)) && stored.containsKey(load.var)) {
                    resources.put(load.var, stored.get(load.var));
                } else if (resources.containsKey(load.var) && isClosedNext(load)) {
                    int line = code.lineOf(resources.remove(load.var));
                    problems.add(Wording.refused(line, method, MESSAGE));
                }
            }
        }
        return problems;
    }

    private static boolean castsToClosing(@Nullable AbstractInsnNode insn) {
        return insn instanceof TypeInsnNode cast
                && cast.getOpcode() == Opcodes.CHECKCAST
                && cast.desc.equals(Abi.CLOSING);
    }

    /** The failure, or null, is loaded in between. */
    private static boolean isClosedNext(VarInsnNode load) {
        return Instructions.next(Instructions.next(load)) instanceof MethodInsnNode call
                && isClose(call);
    }
}
