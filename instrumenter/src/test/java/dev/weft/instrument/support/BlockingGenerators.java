package dev.weft.instrument.support;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.GeneratorAdapter;
import org.objectweb.asm.commons.Method;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Makes generators lazy for the stand-in of the runtime: the body keeps its name for traces but
 * returns an Object, and the method returns a stream that calls the body.
 *
 * <pre>{@code
 * AsyncStream<T> m(int i) { return Generator.of(A.class, "m", "(I)", this, new Object[] {i}); }
 * private Object m(int i) { ... }
 * }</pre>
 */
final class BlockingGenerators {
    private static final String STREAM = "dev/weft/stream/AsyncStream";
    private static final String RETURNS_STREAM = ")L" + STREAM + ";";
    private static final Type GENERATOR = Type.getObjectType("dev/weft/stream/Generator");
    private static final Method OF =
            new Method(
                    "of",
                    "(Ljava/lang/Class;Ljava/lang/String;Ljava/lang/String;Ljava/lang/Object;"
                            + "[Ljava/lang/Object;)L"
                            + STREAM
                            + ";");

    private BlockingGenerators() {}

    /** Returns the classes with lazy generators. */
    static Map<String, byte[]> lazy(Map<String, byte[]> classes) {
        Map<String, byte[]> all = new TreeMap<>(classes);
        all.replaceAll((name, bytes) -> lazy(bytes));
        return all;
    }

    /** Returns the classes in which closes know the failure after which they run. */
    static Map<String, byte[]> closing(Map<String, byte[]> classes) {
        Map<String, byte[]> all = new TreeMap<>(classes);
        all.replaceAll(
                (name, bytes) -> {
                    ClassNode node = new ClassNode();
                    new ClassReader(bytes).accept(node, 0);
                    return BlockingCloses.rewrite(node) ? write(node) : bytes;
                });
        return all;
    }

    private static byte[] lazy(byte[] bytes) {
        ClassNode node = new ClassNode();
        new ClassReader(bytes).accept(node, 0);
        boolean hasCloses = BlockingCloses.rewrite(node);
        List<MethodNode> generators =
                node.methods.stream().filter(BlockingGenerators::isGenerator).toList();
        if (generators.isEmpty() && !hasCloses) {
            return bytes;
        }
        List<MethodNode> bodies = new ArrayList<>();
        for (MethodNode generator : generators) {
            bodies.add(body(generator));
            call(node, generator);
        }
        node.methods.addAll(bodies);
        return write(node);
    }

    private static byte[] write(ClassNode node) {
        ClassWriter writer = new ClassWriter(0);
        node.accept(writer);
        return writer.toByteArray();
    }

    private static boolean isGenerator(MethodNode method) {
        if (!method.desc.endsWith(RETURNS_STREAM) || (method.access & Opcodes.ACC_BRIDGE) != 0) {
            return false;
        }
        boolean isAnnotated =
                method.invisibleAnnotations != null
                        && method.invisibleAnnotations.stream()
                                .anyMatch(a -> a.desc.equals("Ldev/weft/Async;"));
        return isAnnotated
                ? method.instructions.size() > 0
                : method.name.startsWith("lambda$") && suspends(method);
    }

    private static boolean suspends(MethodNode method) {
        for (AbstractInsnNode instruction : method.instructions) {
            if (instruction instanceof MethodInsnNode call
                    && (isCall(call, STREAM, "emit")
                            || isCall(call, "dev/weft/Weft", "await")
                            || isCall(call, "dev/weft/Closing", "close"))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isCall(MethodInsnNode call, String owner, String name) {
        return call.owner.equals(owner) && call.name.equals(name);
    }

    private static MethodNode body(MethodNode generator) {
        String descriptor =
                generator.desc.substring(0, generator.desc.indexOf(')')) + ")Ljava/lang/Object;";
        MethodNode body =
                new MethodNode(
                        Opcodes.ASM9,
                        Opcodes.ACC_PRIVATE
                                | Opcodes.ACC_SYNTHETIC
                                | (generator.access & Opcodes.ACC_STATIC),
                        generator.name,
                        descriptor,
                        null,
                        null);
        generator.accept(body);
        body.invisibleAnnotations = null;
        body.visibleAnnotations = null;
        return body;
    }

    private static void call(ClassNode owner, MethodNode generator) {
        generator.instructions.clear();
        generator.tryCatchBlocks.clear();
        generator.localVariables = null;
        generator.visibleLocalVariableAnnotations = null;
        generator.invisibleLocalVariableAnnotations = null;
        GeneratorAdapter code =
                new GeneratorAdapter(generator, generator.access, generator.name, generator.desc);
        code.push(Type.getObjectType(owner.name));
        code.push(generator.name);
        code.push(generator.desc.substring(0, generator.desc.indexOf(')') + 1));
        if ((generator.access & Opcodes.ACC_STATIC) != 0) {
            code.push((String) null);
        } else {
            code.loadThis();
        }
        code.loadArgArray();
        code.invokeStatic(GENERATOR, OF);
        code.returnValue();
        generator.maxStack = 20;
    }
}
