package dev.weft.instrument.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;

class ConstantPoolTest {
    private static final String WANTED = "dev/weft";
    private static final AsciiText TEXT = new AsciiText(WANTED);

    @Test
    void findsTheTextWithinALongerOne() {
        ClassWriter writer = empty();
        writer.newUTF8("(Ljava/lang/String;Ldev/weft/Task;)V");
        assertThat(ConstantPool.mentions(writer.toByteArray(), TEXT)).isTrue();
    }

    @Test
    void findsTheTextAtTheVeryEndOfAString() {
        ClassWriter writer = empty();
        writer.newUTF8("x/dev/weft");
        assertThat(ConstantPool.mentions(writer.toByteArray(), TEXT)).isTrue();
    }

    @Test
    void countsTwoPlacesForLongsAndDoubles() {
        ClassWriter writer = empty();
        writer.newConst(1L);
        writer.newConst(2.0);
        writer.newConst(3);
        writer.newUTF8(WANTED);
        assertThat(ConstantPool.mentions(writer.toByteArray(), TEXT)).isTrue();
    }

    @Test
    void doesNotTakeAPartForTheWhole() {
        ClassWriter writer = empty();
        writer.newUTF8("dev/wef");
        writer.newUTF8("t/dev/we");
        assertThat(ConstantPool.mentions(writer.toByteArray(), TEXT)).isFalse();
    }

    @Test
    void looksAtNothingBehindTheConstantPool() {
        byte[] file = empty().toByteArray();
        byte[] longer = Arrays.copyOf(file, file.length + WANTED.length());
        for (int i = 0; i < WANTED.length(); i++) {
            longer[file.length + i] = (byte) WANTED.charAt(i);
        }
        assertThat(ConstantPool.mentions(longer, TEXT)).isFalse();
    }

    @Test
    void saysNoToWhatIsNoClassFile() {
        assertThat(ConstantPool.mentions(new byte[] {1, 2, 3}, TEXT)).isFalse();
        assertThat(ConstantPool.mentions(new byte[0], TEXT)).isFalse();
    }

    private static ClassWriter empty() {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, "a/A", null, "java/lang/Object", null);
        return writer;
    }

    @Test
    void findsTheTextAtEveryPlaceAmongItsOwnCharacters() {
        for (int before = 0; before < 40; before++) {
            String surrounding = "tfew/vedde\u00e9".repeat(4);
            ClassWriter writer = empty();
            writer.newUTF8(surrounding.substring(0, before) + WANTED + surrounding);
            assertThat(ConstantPool.mentions(writer.toByteArray(), TEXT)).isTrue();
        }
    }
}
