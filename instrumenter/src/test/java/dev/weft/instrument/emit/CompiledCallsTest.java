package dev.weft.instrument.emit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.instrument.AsyncCompiler;
import dev.weft.instrument.Options;
import dev.weft.instrument.support.Assembled;
import dev.weft.instrument.support.Toolchain;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** The await of a call of a queue and its like is one call of the runtime. */
class CompiledCallsTest {
    private static final String QUEUE = "dev/weft/sync/AsyncQueue";

    @Test
    void anAwaitOfACallIsOneCall() {
        assertThat(calls("(AsyncQueue<Integer> q) { Weft.await(q.get()); return null; }"))
                .contains("CompiledCalls.get")
                .doesNotContain("AsyncQueue.get", "Frame.await");
    }

    @Test
    void everyCallWithAMethodOfTheRuntimeIsReplaced() {
        assertThat(
                        calls(
                                "(AsyncQueue<Long> q, AsyncLock l, AsyncSemaphore s, AsyncEvent e) {"
                                        + " Weft.await(q.put(1L)); Weft.await(l.acquire());"
                                        + " Weft.await(s.acquire()); Weft.await(s.acquire(2));"
                                        + " Weft.await(e.waitFor()); return null; }"))
                .filteredOn(call -> call.startsWith("CompiledCalls"))
                .containsExactly(
                        "CompiledCalls.put",
                        "CompiledCalls.acquire",
                        "CompiledCalls.acquire",
                        "CompiledCalls.acquire",
                        "CompiledCalls.waitFor");
    }

    @Test
    void aTryBlockAroundBothHoldsTheOneCall() {
        assertThat(
                        calls(
                                "(AsyncQueue<Integer> q) { try { Weft.await(q.get()); }"
                                        + " catch (RuntimeException e) { } return null; }"))
                .contains("CompiledCalls.get");
    }

    @Test
    void aStoredCoroutineIsAwaited() {
        assertThat(
                        calls(
                                "(AsyncQueue<Integer> q) { Coroutine<?> c = q.get(); Weft.await(c);"
                                        + " return null; }"))
                .contains("AsyncQueue.get", "Frame.await")
                .doesNotContain("CompiledCalls.get");
    }

    @Test
    void oneOfTwoCoroutinesIsAwaited() {
        assertThat(
                        calls(
                                "(AsyncQueue<Integer> q, AsyncQueue<Integer> r, boolean b) {"
                                        + " Weft.await(b ? q.get() : r.get()); return null; }"))
                .contains("AsyncQueue.get", "AsyncQueue.get", "Frame.await")
                .doesNotContain("CompiledCalls.get");
    }

    @Test
    void aHandlerOfTheCallAloneKeepsItsCall() {
        byte[] file =
                new Assembled("A")
                        .async("m", "L" + QUEUE + ";", CompiledCallsTest::handlesTheCallOnly)
                        .bytes();
        assertThat(callsOf(file))
                .contains("AsyncQueue.get", "Frame.await")
                .doesNotContain("CompiledCalls.get");
    }

    private static void handlesTheCallOnly(MethodVisitor code) {
        Label start = new Label();
        Label end = new Label();
        Label handler = new Label();
        code.visitTryCatchBlock(start, end, handler, "java/lang/RuntimeException");
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitLabel(start);
        code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, QUEUE, "get", "()Ldev/weft/Coroutine;", false);
        code.visitLabel(end);
        code.visitMethodInsn(
                Opcodes.INVOKESTATIC,
                "dev/weft/Weft",
                "await",
                "(Ldev/weft/Awaitable;)Ljava/lang/Object;",
                false);
        code.visitInsn(Opcodes.POP);
        code.visitInsn(Opcodes.ACONST_NULL);
        code.visitInsn(Opcodes.ARETURN);
        code.visitLabel(handler);
        Object[] locals = {QUEUE};
        Object[] stack = {"java/lang/RuntimeException"};
        code.visitFrame(Opcodes.F_NEW, 1, locals, 1, stack);
        code.visitInsn(Opcodes.POP);
        code.visitInsn(Opcodes.ACONST_NULL);
        code.visitInsn(Opcodes.ARETURN);
        code.visitMaxs(1, 1);
    }

    private static List<String> calls(String method) {
        String text =
                "import dev.weft.*; import dev.weft.sync.*;"
                        + " class A { @Async static Coroutine<?> m"
                        + method
                        + " }";
        return callsOf(Toolchain.JAVAC.compile(text, "A"));
    }

    /** Returns the methods that the body of {@code A.m} calls. */
    private static List<String> callsOf(byte[] file) {
        ClassNode node = new ClassNode();
        new ClassReader(
                        new AsyncCompiler(Options.defaults())
                                .compile(file)
                                .classes()
                                .get(0)
                                .bytes())
                .accept(node, 0);
        List<String> calls = new ArrayList<>();
        for (MethodNode method : node.methods) {
            if (method.name.equals("m") && (method.access & Opcodes.ACC_SYNTHETIC) != 0) {
                for (AbstractInsnNode instruction : method.instructions) {
                    if (instruction instanceof MethodInsnNode call) {
                        calls.add(call.owner.replaceAll(".*/", "") + "." + call.name);
                    }
                }
            }
        }
        return calls;
    }
}
