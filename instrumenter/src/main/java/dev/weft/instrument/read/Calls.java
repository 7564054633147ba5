package dev.weft.instrument.read;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * The instructions of a class that can name a method: calls, and constants that are handles.
 * Questions about methods that are not compiled concern only these.
 */
final class Calls {
    /** The method in which javac makes the class's serializable lambdas a second time. */
    private static final String DESERIALIZER = "$deserializeLambda$";

    private static final String DESERIALIZER_DESCRIPTOR =
            "(Ljava/lang/invoke/SerializedLambda;)Ljava/lang/Object;";

    private static final int DESERIALIZER_ACCESS =
            Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC;

    private final IdentityHashMap<MethodNode, List<AbstractInsnNode>> byMethod =
            new IdentityHashMap<>();

    /** The calls of the deserializer, which repeat others: no rule applies to them. */
    private final List<AbstractInsnNode> repeated = new ArrayList<>(0);

    Calls(ClassNode node) {
        for (MethodNode method : node.methods) {
            if (isDeserializer(method)) {
                repeated.addAll(in(method));
            } else {
                byMethod.put(method, in(method));
            }
        }
    }

    private static boolean isDeserializer(MethodNode method) {
        return method.name.equals(DESERIALIZER)
                && method.desc.equals(DESERIALIZER_DESCRIPTOR)
                && (method.access & DESERIALIZER_ACCESS) == DESERIALIZER_ACCESS;
    }

    private static List<AbstractInsnNode> in(MethodNode method) {
        List<AbstractInsnNode> calls = new ArrayList<>();
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

    /**
     * Returns the calls that make the class's serializable lambdas a second time. They name the
     * bodies even of lambdas whose other calls javac has left out as dead code.
     */
    List<AbstractInsnNode> repeated() {
        return repeated;
    }

    /** Returns those of a method in the order of the code; none for a method of another class. */
    List<AbstractInsnNode> of(MethodNode method) {
        return byMethod.getOrDefault(method, List.of());
    }
}
