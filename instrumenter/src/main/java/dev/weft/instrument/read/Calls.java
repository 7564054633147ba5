package dev.weft.instrument.read;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.objectweb.asm.Handle;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Every instruction of a class that can name a method: calls, and constants that are handles. All
 * that is asked of methods which are not compiled is asked of these.
 */
final class Calls {
    /** Where javac makes a class's serializable lambdas and method references once more. */
    private static final String DESERIALIZER = "$deserializeLambda$";

    private final IdentityHashMap<MethodNode, List<AbstractInsnNode>> byMethod =
            new IdentityHashMap<>();

    Calls(ClassNode node) {
        for (MethodNode method : node.methods) {
            byMethod.put(method, in(method));
        }
    }

    private static List<AbstractInsnNode> in(MethodNode method) {
        List<AbstractInsnNode> calls = new ArrayList<>();
        if (method.name.equals(DESERIALIZER)) {
            return calls;
        }
        for (AbstractInsnNode insn = method.instructions.getFirst();
                insn != null;
                insn = insn.getNext()) {
            if (insn instanceof MethodInsnNode
                    || insn instanceof InvokeDynamicInsnNode
                    || (insn instanceof LdcInsnNode constant && constant.cst instanceof Handle)) {
                calls.add(insn);
            }
        }
        return calls;
    }

    /** In the order of the code; none for a method of another class. */
    List<AbstractInsnNode> of(MethodNode method) {
        return byMethod.getOrDefault(method, List.of());
    }
}
