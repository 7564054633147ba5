package dev.weft.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.instrument.model.Marker;
import dev.weft.instrument.support.SourceText;
import dev.weft.instrument.support.Toolchain;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

/** The promises of the compiler for every class. */
class AsyncCompilerTest {
    private static final String ASYNC =
            "import dev.weft.*; class A { @Async Coroutine<Integer> m(Coroutine<Integer> c) {"
                    + " return Coroutine.of(Weft.await(c) + 1); } }";

    private final AsyncCompiler compiler = new AsyncCompiler(Options.defaults());

    @Test
    void aCompiledClassComesFirstAndItsFrameClassesFollow() {
        assertThat(compiler.compile(classOf(ASYNC)).classes())
                .extracting(ClassFile::name)
                .containsExactly("A", "A$m$Coroutine");
    }

    @Test
    void theSameInputGivesTheSameBytes() {
        byte[] file = classOf(ASYNC);
        List<ClassFile> first = compiler.compile(file).classes();
        List<ClassFile> second = new AsyncCompiler(Options.defaults()).compile(file).classes();
        for (int i = 0; i < first.size(); i++) {
            assertThat(second.get(i).bytes()).isEqualTo(first.get(i).bytes());
        }
    }

    @Test
    void theInputIsNotChanged() {
        byte[] file = classOf(ASYNC);
        byte[] copy = file.clone();
        compiler.compile(file);
        assertThat(file).isEqualTo(copy);
    }

    @Test
    void whatIsCompiledIsLeftAlone() {
        for (ClassFile file : compiler.compile(classOf(ASYNC)).classes()) {
            Compiled again = compiler.compile(file.bytes());
            assertThat(again.classes()).isEmpty();
            assertThat(again.diagnostics()).isEmpty();
        }
    }

    @Test
    void whatAnotherVersionHasCompiledIsRefusedByName() {
        byte[] file = compiler.compile(classOf(ASYNC)).classes().get(0).bytes();
        Compiled refused =
                compiler.compile(replace(file, "\u0005" + Marker.VERSION, "\u00050.0.9"));
        assertThat(refused.classes()).isEmpty();
        assertThat(refused.diagnostics())
                .singleElement()
                .satisfies(
                        diagnostic -> {
                            assertThat(diagnostic.severity()).isEqualTo(Severity.ERROR);
                            assertThat(diagnostic.className()).isEqualTo("A");
                            assertThat(diagnostic.message())
                                    .contains("A was compiled by Weft 0.0.9")
                                    .contains("compile its source again");
                        });
    }

    @Test
    void aFrameClassSaysWhoseItIs() {
        List<ClassFile> files = compiler.compile(classOf(ASYNC)).classes();
        assertThat(AsyncCompiler.frameOwner(files.get(1).bytes())).isEqualTo("A");
        assertThat(AsyncCompiler.frameOwner(files.get(0).bytes())).isNull();
        assertThat(AsyncCompiler.frameOwner(classOf(ASYNC))).isNull();
    }

    @Test
    void aCompiledClassNamesItsFrameClasses() {
        List<ClassFile> files = compiler.compile(classOf(ASYNC)).classes();
        assertThat(AsyncCompiler.frameClasses(files.get(0).bytes()))
                .containsExactly("A$m$Coroutine");
        assertThat(AsyncCompiler.frameClasses(files.get(1).bytes())).isEmpty();
        assertThat(AsyncCompiler.frameClasses(classOf(ASYNC))).isEmpty();
    }

    @Test
    void aClassWithoutAsyncMethodsIsLeftAlone() {
        byte[] file =
                classOf(
                        "import dev.weft.*; class A { static void m(Coroutine<?> c) { c.close(); } }");
        assertThat(compiler.compile(file)).isEqualTo(new Compiled(List.of(), List.of()));
    }

    @Test
    void whatIsNoClassFileIsLeftAlone() {
        assertThat(compiler.compile(new byte[] {1, 2, 3}).classes()).isEmpty();
    }

    @Test
    void aClassFileOfAFutureJavaIsRefused() {
        byte[] file = classOf(ASYNC).clone();
        file[7] = 120;
        assertThat(compiler.compile(file).diagnostics())
                .singleElement()
                .satisfies(
                        diagnostic -> {
                            assertThat(diagnostic.severity()).isEqualTo(Severity.ERROR);
                            assertThat(diagnostic.message()).contains("120").contains("older Java");
                        });
    }

    @Test
    void aLintWarnsUnlessItIsFatal() {
        byte[] file =
                classOf(
                        "import dev.weft.*; class A { @Async Coroutine<Void> m() {"
                                + " return Coroutine.done(); }\n void n() { m(); } }");
        Compiled warned = compiler.compile(file);
        assertThat(warned.classes()).isNotEmpty();
        assertThat(warned.diagnostics())
                .singleElement()
                .satisfies(
                        diagnostic -> {
                            assertThat(diagnostic.severity()).isEqualTo(Severity.WARNING);
                            assertThat(diagnostic.file()).isEqualTo("A.java");
                            assertThat(diagnostic.line()).isEqualTo(2);
                            assertThat(diagnostic.method()).isEqualTo("n");
                            assertThat(diagnostic.message()).contains("m returns is never awaited");
                        });
        Options strict = new Options(false, Set.of(Lint.DROPPED_COROUTINE));
        assertThat(new AsyncCompiler(strict).compile(file).classes()).isEmpty();
    }

    private static byte[] classOf(String text) {
        SortedMap<String, byte[]> classes =
                Toolchain.JAVAC.compile(List.of(new SourceText("A.java", text)));
        return classes.get("A");
    }

    /** Replaces a text by one of the same length. */
    private static byte[] replace(byte[] file, String from, String to) {
        String text = new String(file, StandardCharsets.ISO_8859_1);
        assertThat(text).contains(from);
        return text.replace(from, to).getBytes(StandardCharsets.ISO_8859_1);
    }
}
