package dev.weft.instrument.targets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Coroutine;
import dev.weft.Weft;
import dev.weft.instrument.Diagnostic;
import dev.weft.instrument.Severity;
import dev.weft.instrument.support.Assembled;
import dev.weft.instrument.support.MemoryLoader;
import dev.weft.instrument.support.Verification;
import dev.weft.instrument.support.Woven;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Code that is valid, and that javac never writes. */
class AssembledCodeTest {
    private static final String AWAITABLE = "Ldev/weft/Awaitable;";

    @Test
    void aTryRangeMayCoverNothingButTheCastOfAnAwaitedInteger() throws Exception {
        byte[] file =
                new Assembled("A")
                        .async(
                                "m",
                                AWAITABLE,
                                code -> {
                                    Label start = new Label();
                                    Label end = new Label();
                                    Label handler = new Label();
                                    code.visitTryCatchBlock(start, end, handler, null);
                                    code.visitVarInsn(Opcodes.ALOAD, 0);
                                    Assembled.await(code);
                                    code.visitLabel(start);
                                    code.visitTypeInsn(Opcodes.CHECKCAST, "java/lang/Integer");
                                    code.visitLabel(end);
                                    unboxAndBox(code);
                                    Assembled.of(code);
                                    code.visitInsn(Opcodes.ARETURN);
                                    rethrow(code, handler);
                                })
                        .bytes();
        assertThat(run(file, Coroutine.of(5))).isEqualTo(5);
    }

    @Test
    void aTryRangeMayCoverNothingButTheFactoryOfAReturnedCoroutine() throws Exception {
        byte[] file =
                new Assembled("A")
                        .async(
                                "m",
                                AWAITABLE,
                                code -> {
                                    Label start = new Label();
                                    Label end = new Label();
                                    Label handler = new Label();
                                    code.visitTryCatchBlock(start, end, handler, null);
                                    code.visitVarInsn(Opcodes.ALOAD, 0);
                                    Assembled.await(code);
                                    code.visitLabel(start);
                                    Assembled.of(code);
                                    code.visitLabel(end);
                                    code.visitInsn(Opcodes.ARETURN);
                                    rethrow(code, handler);
                                })
                        .bytes();
        assertThat(run(file, Coroutine.of("x"))).isEqualTo("x");
    }

    /** Kotlin covers the end of a synchronized block by the handler around it. */
    @Test
    void aMonitorIsNotHeldWhereAHandlerCoversOnlyWhatCannotThrowBehindItsEnd() throws Exception {
        byte[] file =
                new Assembled("A")
                        .async(
                                "m",
                                AWAITABLE,
                                code -> {
                                    Label start = new Label();
                                    Label end = new Label();
                                    Label handler = new Label();
                                    code.visitTryCatchBlock(start, end, handler, null);
                                    code.visitVarInsn(Opcodes.ALOAD, 0);
                                    code.visitInsn(Opcodes.MONITORENTER);
                                    code.visitLabel(start);
                                    code.visitInsn(Opcodes.ICONST_1);
                                    code.visitVarInsn(Opcodes.ISTORE, 1);
                                    code.visitInsn(Opcodes.NOP);
                                    code.visitVarInsn(Opcodes.ALOAD, 0);
                                    code.visitInsn(Opcodes.MONITOREXIT);
                                    code.visitVarInsn(Opcodes.ILOAD, 1);
                                    code.visitVarInsn(Opcodes.ISTORE, 2);
                                    code.visitLabel(end);
                                    code.visitVarInsn(Opcodes.ALOAD, 0);
                                    Assembled.await(code);
                                    Assembled.of(code);
                                    code.visitInsn(Opcodes.ARETURN);
                                    code.visitLabel(handler);
                                    code.visitFrame(
                                            Opcodes.F_FULL,
                                            1,
                                            new Object[] {"dev/weft/Awaitable"},
                                            1,
                                            new Object[] {"java/lang/Throwable"});
                                    code.visitInsn(Opcodes.POP);
                                    code.visitVarInsn(Opcodes.ALOAD, 0);
                                    Assembled.await(code);
                                    Assembled.of(code);
                                    code.visitInsn(Opcodes.ARETURN);
                                    code.visitMaxs(2, 3);
                                })
                        .bytes();
        assertThat(run(file, Coroutine.of("x"))).isEqualTo("x");
    }

    @Test
    void anObjectThatIsComparedBeforeItsConstructorCallIsRefused() {
        assertThat(refusals(allocated(Opcodes.IFNULL)))
                .singleElement()
                .satisfies(said -> assertThat(said.message()).contains("before its constructor"));
    }

    @Test
    void anObjectThatIsConstructedBeforeTheAwaitMayBeComparedAsItLikes() {
        byte[] file =
                new Assembled("A")
                        .async(
                                "m",
                                AWAITABLE,
                                code -> {
                                    code.visitTypeInsn(Opcodes.NEW, "java/lang/Object");
                                    code.visitInsn(Opcodes.DUP);
                                    code.visitMethodInsn(
                                            Opcodes.INVOKESPECIAL,
                                            "java/lang/Object",
                                            "<init>",
                                            "()V",
                                            false);
                                    Label next = new Label();
                                    code.visitJumpInsn(Opcodes.IFNULL, next);
                                    code.visitLabel(next);
                                    code.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
                                    code.visitVarInsn(Opcodes.ALOAD, 0);
                                    Assembled.await(code);
                                    Assembled.of(code);
                                    code.visitInsn(Opcodes.ARETURN);
                                    code.visitMaxs(2, 1);
                                })
                        .bytes();
        assertThat(refusals(file)).isEmpty();
    }

    @Test
    void aMethodThatLeavesNoSlotForItsStateMachineIsRefused() {
        byte[] file =
                new Assembled("A")
                        .async(
                                "m",
                                AWAITABLE,
                                code -> {
                                    code.visitInsn(Opcodes.ICONST_0);
                                    code.visitVarInsn(Opcodes.ISTORE, 65_534);
                                    code.visitVarInsn(Opcodes.ALOAD, 0);
                                    Assembled.await(code);
                                    code.visitInsn(Opcodes.POP);
                                    Assembled.returnDone(code, 1, 65_535);
                                })
                        .bytes();
        assertThat(refusals(file))
                .singleElement()
                .satisfies(said -> assertThat(said.message()).contains("local variables"));
    }

    @Test
    void aMethodThatOnlyClaimsToHaveAsManyLocalVariablesIsCompiled() throws Exception {
        byte[] file =
                new Assembled("A")
                        .async(
                                "m",
                                AWAITABLE,
                                code -> {
                                    code.visitVarInsn(Opcodes.ALOAD, 0);
                                    Assembled.await(code);
                                    Assembled.of(code);
                                    code.visitInsn(Opcodes.ARETURN);
                                    code.visitMaxs(1, 65_535);
                                })
                        .bytes();
        assertThat(run(file, Coroutine.of("x"))).isEqualTo("x");
    }

    @Test
    void aMethodThatIsOnlyCalledLikeADeserializerIsLookedAt() {
        byte[] file =
                new Assembled("A")
                        .method(
                                "$deserializeLambda$",
                                "()V",
                                false,
                                code -> {
                                    code.visitInsn(Opcodes.ACONST_NULL);
                                    Assembled.await(code);
                                    code.visitInsn(Opcodes.POP);
                                    code.visitInsn(Opcodes.RETURN);
                                    code.visitMaxs(1, 0);
                                })
                        .bytes();
        assertThat(refusals(file))
                .singleElement()
                .satisfies(said -> assertThat(said.message()).contains("not @Async"));
    }

    @Test
    void aSubroutineOfAnOldClassFileIsRefusedForItsVersion() {
        byte[] file =
                new Assembled("A", Opcodes.V1_5)
                        .async(
                                "m",
                                AWAITABLE,
                                code -> {
                                    Label subroutine = new Label();
                                    code.visitJumpInsn(Opcodes.JSR, subroutine);
                                    code.visitVarInsn(Opcodes.ALOAD, 0);
                                    Assembled.await(code);
                                    code.visitInsn(Opcodes.POP);
                                    Assembled.returnDone(code, 1, 2);
                                    code.visitLabel(subroutine);
                                    code.visitVarInsn(Opcodes.ASTORE, 1);
                                    code.visitVarInsn(Opcodes.RET, 1);
                                    code.visitMaxs(1, 2);
                                })
                        .bytes();
        assertThat(refusals(file))
                .singleElement()
                .satisfies(said -> assertThat(said.message()).contains("older than Java 8"));
    }

    /** {@code new StringBuilder(await(x))} with a jump on the object before the await. */
    private static byte[] allocated(int comparison) {
        return new Assembled("A")
                .async(
                        "m",
                        AWAITABLE,
                        code -> {
                            Label allocation = new Label();
                            Label next = new Label();
                            code.visitLabel(allocation);
                            code.visitTypeInsn(Opcodes.NEW, "java/lang/StringBuilder");
                            code.visitInsn(Opcodes.DUP);
                            code.visitInsn(Opcodes.DUP);
                            code.visitJumpInsn(comparison, next);
                            code.visitLabel(next);
                            code.visitFrame(
                                    Opcodes.F_FULL,
                                    1,
                                    new Object[] {"dev/weft/Awaitable"},
                                    2,
                                    new Object[] {allocation, allocation});
                            code.visitVarInsn(Opcodes.ALOAD, 0);
                            Assembled.await(code);
                            code.visitTypeInsn(Opcodes.CHECKCAST, "java/lang/String");
                            code.visitMethodInsn(
                                    Opcodes.INVOKESPECIAL,
                                    "java/lang/StringBuilder",
                                    "<init>",
                                    "(Ljava/lang/String;)V",
                                    false);
                            Assembled.of(code);
                            code.visitInsn(Opcodes.ARETURN);
                            code.visitMaxs(3, 1);
                        })
                .bytes();
    }

    private static void unboxAndBox(MethodVisitor code) {
        String integer = "java/lang/Integer";
        code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, integer, "intValue", "()I", false);
        Assembled.call(code, integer, "valueOf", "(I)Ljava/lang/Integer;");
    }

    private static List<Diagnostic> refusals(byte[] file) {
        return Woven.of(Map.of("A", file)).diagnostics().stream()
                .filter(said -> said.severity() == Severity.ERROR)
                .toList();
    }

    /** Compiles and verifies the class, and runs its method on the real runtime. */
    private static Object run(byte[] file, Coroutine<?> argument) throws Exception {
        Map<String, byte[]> woven = Woven.of(Map.of("A", file)).withoutErrors().classes();
        ClassLoader loader = new MemoryLoader(AssembledCodeTest.class.getClassLoader(), woven);
        assertThat(Verification.problems(woven, loader)).isEmpty();
        return Weft.run(
                (Coroutine<?>)
                        loader.loadClass("A")
                                .getMethod("m", dev.weft.Awaitable.class)
                                .invoke(null, argument));
    }

    /** Writes a handler that throws what it catches, and ends the method. */
    private static void rethrow(MethodVisitor code, Label handler) {
        code.visitLabel(handler);
        code.visitFrame(
                Opcodes.F_FULL,
                1,
                new Object[] {"dev/weft/Awaitable"},
                1,
                new Object[] {"java/lang/Throwable"});
        code.visitInsn(Opcodes.ATHROW);
        code.visitMaxs(2, 1);
    }
}
