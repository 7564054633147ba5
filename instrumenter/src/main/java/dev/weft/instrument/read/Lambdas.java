package dev.weft.instrument.read;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** The methods of a class that are the bodies of its lambdas. */
public final class Lambdas {
    private static final String FACTORY = "java/lang/invoke/LambdaMetafactory";

    /** Parts of the names that Kotlin gives to lambda bodies, since 1.9 and before. */
    private static final List<String> KOTLIN_BODIES = List.of("lambda$", "lambda-");

    private final String owner;
    private final Set<String> implementations = new HashSet<>();

    Lambdas(ClassNode node, Calls calls) {
        this.owner = node.name;
        for (MethodNode method : node.methods) {
            addAll(calls.of(method));
        }
        addAll(calls.repeated());
    }

    private void addAll(List<AbstractInsnNode> calls) {
        for (AbstractInsnNode insn : calls) {
            if (insn instanceof InvokeDynamicInsnNode call) {
                add(call);
            }
        }
    }

    private void add(InvokeDynamicInsnNode call) {
        if (isLambda(call) && implementation(call).getOwner().equals(owner)) {
            Handle handle = implementation(call);
            implementations.add(handle.getName() + handle.getDesc());
        }
    }

    /** Returns whether the call makes a lambda or a method reference. */
    public static boolean isLambda(InvokeDynamicInsnNode call) {
        return call.bsm.getOwner().equals(FACTORY)
                && call.bsmArgs.length >= 3
                && call.bsmArgs[1] instanceof Handle;
    }

    /** Returns the method that a lambda or method reference calls. */
    public static Handle implementation(InvokeDynamicInsnNode lambda) {
        return (Handle) lambda.bsmArgs[1];
    }

    /**
     * Returns whether the method is the body of a lambda, and not a declared method that a method
     * reference names. javac and ECJ mark bodies as synthetic; Kotlin makes them private and gives
     * them names such as {@code main$lambda$0} or {@code main$lambda-0}.
     */
    boolean isBody(MethodNode method) {
        boolean synthetic = (method.access & Opcodes.ACC_SYNTHETIC) != 0;
        return (synthetic || isKotlinBody(method))
                && implementations.contains(method.name + method.desc);
    }

    /** Returns whether the flags and the name of a method are those of a lambda's body. */
    public static boolean isNamedAsBody(MethodNode method) {
        boolean synthetic = (method.access & Opcodes.ACC_SYNTHETIC) != 0;
        return (synthetic && method.name.startsWith("lambda$")) || isKotlinBody(method);
    }

    private static boolean isKotlinBody(MethodNode method) {
        if ((method.access & Opcodes.ACC_PRIVATE) != 0) {
            for (String part : KOTLIN_BODIES) {
                if (method.name.contains(part)) {
                    return true;
                }
            }
        }
        return false;
    }
}
