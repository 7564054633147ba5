package dev.weft.benchmarks.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.CodeSizeEvaluator;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * W9: bytes of code and of class files before and after the pass. Arguments: the peer, which is
 * Weft, and the folder of {@link PassInput}.
 *
 * <p>Code is counted in the methods that have the code of the source: after the pass these are the
 * bodies, which have the same name as the stubs and are synthetic.
 */
public final class PassGrowth {
    private PassGrowth() {}

    public static void main(String[] args) throws IOException {
        Path made = Path.of(args[1]);
        print("a class with ten async methods", made.resolve("tree/made/Made0.class"));
        print("a method with 1,000 awaits", made.resolve("awaits/made/Awaits.class"));
    }

    private static void print(String workload, Path file) throws IOException {
        byte[] input = Files.readAllBytes(file);
        List<byte[]> output = Passes.WEFT.apply(input);
        int before = code(input, false);
        int after = code(output.get(0), true);
        int bytes = output.stream().mapToInt(result -> result.length).sum();
        Out.print(workload, "bytes of bodies before", before);
        Out.print(workload, "bytes of bodies after", after);
        Out.print(workload, "times, bodies", after / (double) before);
        Out.print(workload, "times, the class alone", output.get(0).length / (double) input.length);
        Out.print(workload, "times, with frame classes", bytes / (double) input.length);
    }

    private static int code(byte[] classFile, boolean bodies) {
        ClassNode tree = new ClassNode();
        new ClassReader(classFile).accept(tree, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        int size = 0;
        for (MethodNode method : tree.methods) {
            if (bodies ? isBody(method) : method.desc.endsWith("Ldev/weft/Coroutine;")) {
                CodeSizeEvaluator evaluator =
                        new CodeSizeEvaluator(new MethodVisitor(Opcodes.ASM9) {});
                method.accept(evaluator);
                size += evaluator.getMinSize();
            }
        }
        return size;
    }

    private static boolean isBody(MethodNode method) {
        return (method.access & Opcodes.ACC_SYNTHETIC) != 0
                && method.desc.endsWith(
                        "Ldev/weft/Task;"
                                + Type.getDescriptor(Object.class)
                                + ")Ljava/lang/Object;");
    }
}
