package dev.weft.instrument.emit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.instrument.support.Toolchain;
import dev.weft.instrument.support.Woven;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

/** The compiled form of a generator that emits its argument, and closes a resource. */
class GeneratorSnapshotTest {
    private static final SortedMap<String, byte[]> CLASSES = classes();

    private static SortedMap<String, byte[]> classes() {
        byte[] before =
                Toolchain.JAVAC_NO_DEBUG.compile(
                        """
                        import dev.weft.*;
                        import dev.weft.stream.AsyncStream;
                        class A {
                            @Async static AsyncStream<String> m(String s, Closing<?> c) {
                                AsyncStream.emit(s);
                                c.close();
                                return AsyncStream.end();
                            }
                        }
                        """,
                        "A");
        return Woven.of(Map.of("A", before)).withoutErrors().classes();
    }

    @Test
    void theMethodCapturesAndReturnsAStream() {
        assertThat(code("(Ljava/lang/String;Ldev/weft/Closing;)" + "Ldev/weft/stream/AsyncStream;"))
                .containsExactly(
                        "NEW A$m$Coroutine",
                        "DUP",
                        "ALOAD 0",
                        "ALOAD 1",
                        "INVOKESPECIAL A$m$Coroutine.<init>"
                                + " (Ljava/lang/String;Ldev/weft/Closing;)V",
                        "INVOKESTATIC dev/weft/stream/CompiledStreams.generator"
                                + " (Ldev/weft/Coroutine;)Ldev/weft/stream/AsyncStream;",
                        "ARETURN",
                        "MAXSTACK = 4",
                        "MAXLOCALS = 2");
    }

    @Test
    void theBodyGivesElementsToTheRuntime() {
        assertThat(
                        code(
                                "(LA$m$Coroutine;ILA$m$Coroutine;ILdev/weft/Task;Ljava/lang/Object;)"
                                        + "Ljava/lang/Object;"))
                .containsExactly(
                        "ILOAD 3", // the start
                        "ICONST_2",
                        "IF_ICMPEQ L0",
                        "ALOAD 0",
                        "INVOKEVIRTUAL A$m$Coroutine.l1 ()Ldev/weft/Closing;",
                        "ASTORE 1",
                        "ILOAD 3",
                        "IFGT L1",
                        "ALOAD 0",
                        "INVOKEVIRTUAL A$m$Coroutine.l0 ()Ljava/lang/String;",
                        "ASTORE 0",
                        // the source's code: emit(s)
                        "ALOAD 0",
                        "ALOAD 2",
                        "ALOAD 4",
                        "INVOKESTATIC dev/weft/stream/CompiledStreams.emit (Ljava/lang/Object;"
                                + "Ldev/weft/Coroutine;Ldev/weft/Task;)Ljava/lang/Object;",
                        "DUP",
                        "GETSTATIC dev/weft/compiled/Frame.SUSPENDED : Ljava/lang/Object;",
                        "IF_ACMPNE L2",
                        "ALOAD 1",
                        "ALOAD 2",
                        "ICONST_1",
                        "INVOKESTATIC A$m$Coroutine.save0 (Ljava/lang/Object;Ljava/lang/Object;"
                                + "LA$m$Coroutine;I)Ljava/lang/Object;",
                        "ARETURN",
                        "L1", // resumed, to go on or to be closed
                        "FRAME FULL [T dev/weft/Closing A$m$Coroutine I dev/weft/Task"
                                + " java/lang/Object] []",
                        "ALOAD 5",
                        "INVOKESTATIC dev/weft/compiled/Frame.resumed"
                                + " (Ljava/lang/Object;)Ljava/lang/Object;",
                        "L2",
                        "FRAME SAME1 java/lang/Object",
                        "POP",
                        // c.close()
                        "ALOAD 1",
                        "INVOKESTATIC dev/weft/compiled/Frame.closed"
                                + " (Ldev/weft/Closing;)Ldev/weft/Coroutine;",
                        "ALOAD 2",
                        "ALOAD 4",
                        "ILOAD 3",
                        "INVOKESTATIC dev/weft/compiled/Frame.await (Ljava/lang/Object;"
                                + "Ldev/weft/compiled/Frame;Ldev/weft/Task;I)Ljava/lang/Object;",
                        "DUP",
                        "GETSTATIC dev/weft/compiled/Frame.SUSPENDED : Ljava/lang/Object;",
                        "IF_ACMPNE L3",
                        "ALOAD 2",
                        "ICONST_2",
                        "PUTFIELD dev/weft/compiled/Frame.state : I",
                        "ARETURN",
                        "L0",
                        "FRAME FULL [T T A$m$Coroutine I dev/weft/Task java/lang/Object] []",
                        "ALOAD 5",
                        "INVOKESTATIC dev/weft/compiled/Frame.resumed"
                                + " (Ljava/lang/Object;)Ljava/lang/Object;",
                        "L3",
                        "FRAME SAME1 java/lang/Object",
                        "POP",
                        "ACONST_NULL", // return AsyncStream.end()
                        "ARETURN",
                        "MAXSTACK = 5",
                        "MAXLOCALS = 6");
    }

    private static List<String> code(String descriptor) {
        byte[] file = CLASSES.get("A");
        assertThat(file).isNotNull();
        return SnapshotTest.lines(file, "m", descriptor);
    }
}
