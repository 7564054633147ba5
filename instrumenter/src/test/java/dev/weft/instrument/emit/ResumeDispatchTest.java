package dev.weft.instrument.emit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.instrument.AsyncCompiler;
import dev.weft.instrument.Options;
import dev.weft.instrument.support.Toolchain;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** A body contains the code that restores a value as few times as possible. */
class ResumeDispatchTest {
    @Test
    void anArgumentThatLivesAcrossAllAwaitsIsBroughtBackInOnePlace() {
        assertThat(
                        reads(
                                "(String s, int i) { Weft.await(f()); s.length(); Weft.await(f());"
                                        + " return Coroutine.of(s + i); }"))
                .containsExactlyInAnyOrder("l0", "i0");
    }

    @Test
    void anArgumentThatIsReadBeforeAndAfterAnAwaitIsBroughtBackInOnePlace() {
        assertThat(
                        reads(
                                "(String s, int i) { s.length(); Weft.await(f());"
                                        + " return Coroutine.of(s); }"))
                .containsExactly("l0");
    }

    @Test
    void aVariableStaysInItsFieldFromAwaitToAwait() {
        assertThat(
                        reads(
                                "(int a, int b) { int x = a + b; Weft.await(f()); x += b;"
                                        + " Weft.await(f()); return Coroutine.of(x); }"))
                .as("a and b for the first step, x for both awaits, b for one")
                .containsExactlyInAnyOrder("i0", "i1", "i0", "i1");
    }

    @Test
    void theValueIsBroughtBackInOnePlaceForAwaitsThatHaveNothingElseToTellThem() {
        assertThat(
                        resumptions(
                                "(String s) { Weft.await(f()); Weft.await(f()); Weft.await(f());"
                                        + " return Coroutine.of(s); }"))
                .isEqualTo(1);
    }

    @Test
    void theValueIsBroughtBackInsideTheTryRangeIfThereIsOne() {
        assertThat(
                        resumptions(
                                "(String s) { try { Weft.await(f()); Weft.await(f()); }"
                                        + " catch (Exception e) { return Coroutine.of(null); }"
                                        + " return Coroutine.of(s); }"))
                .isEqualTo(2);
    }

    @Test
    void aBodyWithoutVariablesLeavesItsParametersWhereTheyAre() {
        MethodNode body = body("() { Weft.await(f()); return Coroutine.done(); }");
        assertThat(instructions(body)).noneMatch(i -> i.getOpcode() == Opcodes.ASTORE);
    }

    @Test
    void theFirstStepFollowsWithoutAJumpIfAnAwaitHasNothingToBringBack() {
        MethodNode body =
                body("(String s) { s.length(); Weft.await(f()); return Coroutine.done(); }");
        assertThat(instructions(body))
                .noneMatch(i -> i.getOpcode() == Opcodes.GOTO)
                .filteredOn(i -> i.getOpcode() == Opcodes.IFGT)
                .hasSize(1);
    }

    /** The fields and accessors of the frame that the body reads. */
    private static List<String> reads(String method) {
        List<String> reads = new ArrayList<>();
        for (AbstractInsnNode insn : instructions(body(method))) {
            if (insn instanceof FieldInsnNode field
                    && field.getOpcode() == Opcodes.GETFIELD
                    && field.owner.equals("A$m$Coroutine")) {
                reads.add(field.name);
            } else if (insn instanceof MethodInsnNode call
                    && call.getOpcode() == Opcodes.INVOKEVIRTUAL
                    && call.owner.equals("A$m$Coroutine")) {
                reads.add(call.name);
            }
        }
        return reads;
    }

    private static int resumptions(String method) {
        int calls = 0;
        for (AbstractInsnNode insn : instructions(body(method))) {
            if (insn instanceof MethodInsnNode call && call.name.equals("resumed")) {
                calls++;
            }
        }
        return calls;
    }

    private static List<AbstractInsnNode> instructions(MethodNode body) {
        return List.of(body.instructions.toArray());
    }

    private static MethodNode body(String method) {
        String text =
                "import dev.weft.*; class A { static Coroutine<Integer> f() { return null; }"
                        + " @Async static Coroutine<?> m"
                        + method
                        + " }";
        byte[] file = Toolchain.JAVAC.compile(text, "A");
        byte[] compiled =
                new AsyncCompiler(Options.defaults()).compile(file).classes().get(0).bytes();
        ClassNode node = new ClassNode();
        new ClassReader(compiled).accept(node, 0);
        for (MethodNode candidate : node.methods) {
            if (candidate.name.equals("m") && (candidate.access & Opcodes.ACC_SYNTHETIC) != 0) {
                return candidate;
            }
        }
        throw new AssertionError("no body");
    }
}
