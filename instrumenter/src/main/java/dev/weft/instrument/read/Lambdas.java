package dev.weft.instrument.read;

import java.util.HashSet;
import java.util.Set;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** Which methods of a class are the bodies of lambdas? */
public final class Lambdas {
    private static final String FACTORY = "java/lang/invoke/LambdaMetafactory";

    private final String owner;
    private final Set<String> implementations = new HashSet<>();

    Lambdas(ClassNode node, Calls calls) {
        this.owner = node.name;
        for (MethodNode method : node.methods) {
            for (AbstractInsnNode insn : calls.of(method)) {
                if (insn instanceof InvokeDynamicInsnNode call) {
                    add(call);
                }
            }
        }
    }

    private void add(InvokeDynamicInsnNode call) {
        if (isLambda(call) && implementation(call).getOwner().equals(owner)) {
            Handle handle = implementation(call);
            implementations.add(handle.getName() + handle.getDesc());
        }
    }

    /** Whether the call makes a lambda or a method reference. */
    public static boolean isLambda(InvokeDynamicInsnNode call) {
        return call.bsm.getOwner().equals(FACTORY)
                && call.bsmArgs.length >= 3
                && call.bsmArgs[1] instanceof Handle;
    }

    /** The method that a lambda or method reference calls. */
    public static Handle implementation(InvokeDynamicInsnNode lambda) {
        return (Handle) lambda.bsmArgs[1];
    }

    boolean isBody(MethodNode method) {
        return (method.access & Opcodes.ACC_SYNTHETIC) != 0
                && implementations.contains(method.name + method.desc);
    }
}
