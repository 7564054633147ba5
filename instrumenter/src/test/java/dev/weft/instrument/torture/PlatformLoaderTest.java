package dev.weft.instrument.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weft.instrument.support.Verification;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

class PlatformLoaderTest {
    private static final String NAME = "java/util/Broken";

    @Test
    void theJvmVerifiesClassesOfItsOwnPackages() {
        assumeTrue(Corpus.ALL, "needs the options of the profile torture");
        ClassLoader loader = PlatformLoader.of(Map.of(NAME, returnsNullForAnInt()));
        List<String> problems = new ArrayList<>();

        Verification.byJvm(NAME, loader, problems);

        assertThat(problems).singleElement().asString().contains("java.lang.VerifyError");
    }

    private static byte[] returnsNullForAnInt() {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V1_8, Opcodes.ACC_SUPER, NAME, null, "java/lang/Object", null);
        MethodVisitor method = writer.visitMethod(Opcodes.ACC_STATIC, "answer", "()I", null, null);
        method.visitCode();
        method.visitInsn(Opcodes.ACONST_NULL);
        method.visitInsn(Opcodes.ARETURN);
        method.visitMaxs(1, 0);
        method.visitEnd();
        return writer.toByteArray();
    }
}
