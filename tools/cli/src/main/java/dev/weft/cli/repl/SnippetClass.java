package dev.weft.cli.repl;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * The class that JShell makes of a snippet. The code of an expression, a statement or a variable is
 * in {@code static Object do_it$()}, with a part of it in {@code do_it$Aux()}. Both become async
 * methods, in which {@code await} is compiled as anywhere.
 */
final class SnippetClass {

    private static final Set<String> CODE = Set.of("do_it$", "do_it$Aux");
    private static final String AS_WRITTEN = "()Ljava/lang/Object;";
    private static final String ASYNC = "()Ldev/weft/Coroutine;";
    private static final String WEFT = "dev/weft/Weft";
    private static final Set<String> OWN_LOOP = Set.of("run", "runner");

    private final ClassNode node = new ClassNode();

    private SnippetClass(byte[] bytes) {
        new ClassReader(bytes).accept(node, 0);
    }

    /**
     * Returns the class with async methods in place of the snippet's code. A snippet that starts a
     * loop of its own ({@code run(...)}) stays as it is, because loops cannot be nested.
     */
    static byte[] async(byte[] bytes) {
        SnippetClass snippet = new SnippetClass(bytes);
        if (snippet.startsLoop()) {
            return bytes;
        }
        for (MethodNode method : snippet.code()) {
            makeAsync(method);
        }
        ClassWriter writer = new ClassWriter(0);
        snippet.node.accept(writer);
        return writer.toByteArray();
    }

    private List<MethodNode> code() {
        return node.methods.stream()
                .filter(method -> CODE.contains(method.name) && method.desc.equals(AS_WRITTEN))
                .toList();
    }

    private boolean startsLoop() {
        boolean awaits = false;
        boolean starts = false;
        for (MethodNode method : code()) {
            for (MethodInsnNode call : calls(method)) {
                awaits |= call.owner.equals(WEFT) && call.name.equals("await");
                starts |= call.owner.equals(WEFT) && OWN_LOOP.contains(call.name);
            }
        }
        return starts && !awaits;
    }

    private static List<MethodInsnNode> calls(MethodNode method) {
        List<MethodInsnNode> calls = new ArrayList<>();
        for (AbstractInsnNode instruction : method.instructions) {
            if (instruction instanceof MethodInsnNode call) {
                calls.add(call);
            }
        }
        return calls;
    }

    private static void makeAsync(MethodNode method) {
        for (AbstractInsnNode instruction : method.instructions.toArray()) {
            if (instruction.getOpcode() == Opcodes.ARETURN) {
                // return Coroutine.of(value);
                method.instructions.insertBefore(
                        instruction,
                        call(
                                "dev/weft/Coroutine",
                                "of",
                                "(Ljava/lang/Object;)Ldev/weft/Coroutine;"));
            }
        }
        for (MethodInsnNode call : calls(method)) {
            if (CODE.contains(call.name) && call.desc.equals(AS_WRITTEN)) {
                // await(do_it$Aux())
                call.desc = ASYNC;
                method.instructions.insert(
                        call, call(WEFT, "await", "(Ldev/weft/Awaitable;)Ljava/lang/Object;"));
            }
        }
        method.desc = ASYNC;
        method.signature = null;
        method.invisibleAnnotations = List.of(new AnnotationNode("Ldev/weft/Async;"));
    }

    private static MethodInsnNode call(String owner, String name, String descriptor) {
        return new MethodInsnNode(Opcodes.INVOKESTATIC, owner, name, descriptor, false);
    }
}
