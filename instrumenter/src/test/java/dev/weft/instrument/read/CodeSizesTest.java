package dev.weft.instrument.read;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

class CodeSizesTest {
    @Test
    void countsTheBytesOfAMethodsCode() {
        CodeSizes sizes = new CodeSizes(classWithFieldsAndMethods());
        assertThat(sizes.of("three", "()V")).isEqualTo(3);
        assertThat(sizes.of("one", "()V")).isEqualTo(1);
    }

    @Test
    void isZeroForWhatHasNoCode() {
        CodeSizes sizes = new CodeSizes(classWithFieldsAndMethods());
        assertThat(sizes.of("none", "()V")).isZero();
        assertThat(sizes.of("one", "(I)V")).isZero();
    }

    private static byte[] classWithFieldsAndMethods() {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(
                Opcodes.V17,
                Opcodes.ACC_ABSTRACT,
                "a/A",
                null,
                "java/lang/Object",
                new String[] {"java/lang/Runnable", "java/io/Serializable"});
        writer.visitField(Opcodes.ACC_STATIC | Opcodes.ACC_FINAL, "f", "J", null, 7L).visitEnd();
        method(writer, "one", 1);
        writer.visitMethod(Opcodes.ACC_ABSTRACT, "none", "()V", "()V", null).visitEnd();
        method(writer, "three", 3);
        return writer.toByteArray();
    }

    private static void method(ClassWriter writer, String name, int bytes) {
        MethodVisitor method = writer.visitMethod(Opcodes.ACC_STATIC, name, "()V", null, null);
        method.visitCode();
        for (int i = 1; i < bytes; i++) {
            method.visitInsn(Opcodes.NOP);
        }
        method.visitInsn(Opcodes.RETURN);
        method.visitMaxs(0, 0);
        method.visitEnd();
    }
}
