package dev.weft.instrument.read;

import dev.weft.instrument.abi.Abi;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** The async bodies among the methods of a class, with the calls and annotations of each method. */
public final class Methods {
    private final Calls calls;
    private final Lambdas lambdas;
    private final Set<MethodNode> bodies = new LinkedHashSet<>();

    public Methods(ClassNode node) {
        this.calls = new Calls(node);
        this.lambdas = new Lambdas(node, calls);
        for (MethodNode method : node.methods) {
            if (shouldBeBody(method)) {
                bodies.add(method);
            }
        }
    }

    private boolean shouldBeBody(MethodNode method) {
        if (!isOfAsyncType(method) || method.instructions.size() == 0) {
            return false;
        }
        return isAsync(method) ? !isBridge(method) : isLambda(method) && suspends(method);
    }

    /** Returns whether the method returns what an async method returns. */
    public static boolean isOfAsyncType(MethodNode method) {
        return Abi.returnsCoroutine(method.desc) || Abi.returnsStream(method.desc);
    }

    /**
     * Returns the methods to compile, in their order: annotated methods that return a coroutine or
     * a stream, and lambda bodies that return one and suspend. A bridge is left out: javac copies
     * annotations onto bridges, which only call the real method.
     */
    public List<MethodNode> bodies() {
        return List.copyOf(bodies);
    }

    public boolean isBody(MethodNode method) {
        return bodies.contains(method);
    }

    /**
     * Returns the method's calls, including dynamic ones, and the constants that are handles, in
     * their order.
     */
    public List<AbstractInsnNode> calls(MethodNode method) {
        return calls.of(method);
    }

    public boolean isLambda(MethodNode method) {
        return lambdas.isBody(method);
    }

    public static boolean isBridge(MethodNode method) {
        return (method.access & Opcodes.ACC_BRIDGE) != 0;
    }

    public static boolean isAsync(MethodNode method) {
        for (AnnotationNode annotation : annotations(method)) {
            if (annotation.desc.equals(Abi.ASYNC)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Returns the name with dots of an Async annotation of another library; null if there is none.
     */
    public static @Nullable String foreignAsync(MethodNode method) {
        for (AnnotationNode annotation : annotations(method)) {
            String type = Type.getType(annotation.desc).getClassName().replace('$', '.');
            if (type.equals("Async") || (type.endsWith(".Async") && !type.equals(Abi.ASYNC_NAME))) {
                return type;
            }
        }
        return null;
    }

    /** Returns all annotations of the method. */
    public static List<AnnotationNode> annotations(MethodNode method) {
        List<AnnotationNode> visible = orEmpty(method.visibleAnnotations);
        List<AnnotationNode> invisible = orEmpty(method.invisibleAnnotations);
        if (visible.isEmpty()) {
            return invisible;
        }
        List<AnnotationNode> all = new ArrayList<>(visible);
        all.addAll(invisible);
        return all;
    }

    private static List<AnnotationNode> orEmpty(@Nullable List<AnnotationNode> annotations) {
        return annotations == null ? List.of() : annotations;
    }

    private boolean suspends(MethodNode method) {
        for (AbstractInsnNode insn : calls.of(method)) {
            if (insn instanceof MethodInsnNode call && Abi.suspends(call)) {
                return true;
            }
        }
        return false;
    }
}
