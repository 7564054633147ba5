package dev.weft.instrument.emit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.instrument.AsyncCompiler;
import dev.weft.instrument.ClassFile;
import dev.weft.instrument.Options;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.util.Textifier;
import org.objectweb.asm.util.TraceMethodVisitor;

/**
 * The compiled form of {@code @Async static Coroutine m(String s, Coroutine c)}, whose code is
 * {@code return of(s.concat(await(c)));}.
 */
class SnapshotTest {
    private static final String FRAME = "A$m$Coroutine";

    @Test
    void theMethodOnlyCaptures() {
        assertThat(code("A", "m", "(Ljava/lang/String;Ldev/weft/Coroutine;)Ldev/weft/Coroutine;"))
                .containsExactly(
                        "NEW A$m$Coroutine",
                        "DUP",
                        "ALOAD 0",
                        "ALOAD 1",
                        "INVOKESPECIAL A$m$Coroutine.<init>"
                                + " (Ljava/lang/String;Ldev/weft/Coroutine;)V",
                        "ARETURN",
                        "MAXSTACK = 4",
                        "MAXLOCALS = 2");
    }

    @Test
    void theBodySavesWhatLivesAndGoesOnWhereItWas() {
        assertThat(
                        code(
                                "A",
                                "m",
                                "(LA$m$Coroutine;ILA$m$Coroutine;ILdev/weft/Task;Ljava/lang/Object;)"
                                        + "Ljava/lang/Object;"))
                .containsExactly(
                        "ILOAD 3", // the start; an int at 1 keeps the place of a variable
                        "IFLT L0",
                        "ALOAD 2", // resumed: the stack is back, and the locals (none lives)
                        "INVOKEVIRTUAL A$m$Coroutine.l0 ()Ljava/lang/String;",
                        "GOTO L1",
                        "L0", // the first step
                        "FRAME FULL [A$m$Coroutine T A$m$Coroutine I dev/weft/Task java/lang/Object] []",
                        "ALOAD 0",
                        "DUP",
                        "INVOKEVIRTUAL A$m$Coroutine.l0 ()Ljava/lang/String;",
                        "ASTORE 0",
                        "INVOKEVIRTUAL A$m$Coroutine.l1 ()Ldev/weft/Coroutine;",
                        "ASTORE 1",
                        // the source's code
                        "ALOAD 0",
                        "ALOAD 1",
                        "ALOAD 2",
                        "ALOAD 4",
                        "ILOAD 3",
                        "INVOKESTATIC dev/weft/compiled/Frame.await (Ljava/lang/Object;"
                                + "Ldev/weft/compiled/Frame;Ldev/weft/Task;I)Ljava/lang/Object;",
                        "DUP",
                        "GETSTATIC dev/weft/compiled/Frame.SUSPENDED : Ljava/lang/Object;",
                        "IF_ACMPNE L2",
                        "ALOAD 2",
                        "ICONST_1",
                        "INVOKESTATIC A$m$Coroutine.save0 (Ljava/lang/Object;Ljava/lang/Object;"
                                + "LA$m$Coroutine;I)Ljava/lang/Object;",
                        "ARETURN",
                        "L1",
                        "FRAME FULL [T T A$m$Coroutine I dev/weft/Task java/lang/Object]"
                                + " [java/lang/String]",
                        "ALOAD 5",
                        "INVOKESTATIC dev/weft/compiled/Frame.resumed"
                                + " (Ljava/lang/Object;)Ljava/lang/Object;",
                        "L2",
                        "FRAME FULL [T T A$m$Coroutine I dev/weft/Task java/lang/Object]"
                                + " [java/lang/String java/lang/Object]",
                        "CHECKCAST java/lang/String",
                        "INVOKEVIRTUAL java/lang/String.concat"
                                + " (Ljava/lang/String;)Ljava/lang/String;",
                        "ARETURN", // Coroutine.of is gone
                        "MAXSTACK = 6",
                        "MAXLOCALS = 6");
    }

    @Test
    void theFrameClassSaves() {
        assertThat(
                        code(
                                FRAME,
                                "save0",
                                "(Ljava/lang/Object;Ljava/lang/Object;LA$m$Coroutine;I)Ljava/lang/Object;"))
                .containsExactly(
                        "ALOAD 2",
                        "ALOAD 0",
                        "PUTFIELD A$m$Coroutine.l0 : Ljava/lang/Object;",
                        "ALOAD 2",
                        "ILOAD 3",
                        "PUTFIELD dev/weft/compiled/Frame.state : I",
                        "ALOAD 1",
                        "ARETURN",
                        "MAXSTACK = 3",
                        "MAXLOCALS = 4");
    }

    @Test
    void theFrameClassClearsWhatItHandsOut() {
        assertThat(code(FRAME, "l0", "()Ljava/lang/String;"))
                .containsExactly(
                        "ALOAD 0",
                        "GETFIELD A$m$Coroutine.l0 : Ljava/lang/Object;",
                        "ALOAD 0",
                        "ACONST_NULL",
                        "PUTFIELD A$m$Coroutine.l0 : Ljava/lang/Object;",
                        "CHECKCAST java/lang/String",
                        "ARETURN",
                        "MAXSTACK = 3",
                        "MAXLOCALS = 1");
    }

    private static List<String> code(String className, String name, String descriptor) {
        for (ClassFile file : new AsyncCompiler(Options.defaults()).compile(source()).classes()) {
            if (file.name().equals(className)) {
                return lines(file.bytes(), name, descriptor);
            }
        }
        throw new AssertionError("no class " + className);
    }

    static List<String> lines(byte[] file, String name, String descriptor) {
        ClassNode node = new ClassNode();
        new ClassReader(file).accept(node, 0);
        for (MethodNode method : node.methods) {
            if (method.name.equals(name) && method.desc.equals(descriptor)) {
                return lines(method);
            }
        }
        throw new AssertionError("no method " + name + descriptor);
    }

    private static List<String> lines(MethodNode method) {
        Textifier printer = new Textifier();
        method.invisibleAnnotations = null;
        method.accept(new TraceMethodVisitor(printer));
        List<String> lines = new ArrayList<>();
        for (Object text : printer.getText()) {
            lines.add(text.toString().strip());
        }
        lines.removeIf(String::isEmpty);
        return lines;
    }

    /** Written by hand, so that it is the same whichever javac runs the tests. */
    private static byte[] source() {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, "A", null, "java/lang/Object", null);
        MethodVisitor m =
                writer.visitMethod(
                        Opcodes.ACC_STATIC,
                        "m",
                        "(Ljava/lang/String;Ldev/weft/Coroutine;)Ldev/weft/Coroutine;",
                        null,
                        null);
        AnnotationVisitor async = m.visitAnnotation("Ldev/weft/Async;", false);
        async.visitEnd();
        m.visitCode();
        m.visitVarInsn(Opcodes.ALOAD, 0);
        m.visitVarInsn(Opcodes.ALOAD, 1);
        call(
                m,
                Opcodes.INVOKESTATIC,
                "dev/weft/Weft.await(Ldev/weft/Awaitable;)Ljava/lang/Object;");
        m.visitTypeInsn(Opcodes.CHECKCAST, "java/lang/String");
        call(
                m,
                Opcodes.INVOKEVIRTUAL,
                "java/lang/String.concat(Ljava/lang/String;)Ljava/lang/String;");
        call(
                m,
                Opcodes.INVOKESTATIC,
                "dev/weft/Coroutine.of(Ljava/lang/Object;)Ldev/weft/Coroutine;");
        m.visitInsn(Opcodes.ARETURN);
        m.visitMaxs(2, 2);
        m.visitEnd();
        return writer.toByteArray();
    }

    private static void call(MethodVisitor method, int opcode, String what) {
        int dot = what.indexOf('.');
        int bracket = what.indexOf('(');
        method.visitMethodInsn(
                opcode,
                what.substring(0, dot),
                what.substring(dot + 1, bracket),
                what.substring(bracket),
                false);
    }
}
