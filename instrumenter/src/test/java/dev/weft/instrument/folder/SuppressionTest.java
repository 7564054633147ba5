package dev.weft.instrument.folder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.instrument.AsyncCompiler;
import dev.weft.instrument.Diagnostic;
import dev.weft.instrument.Lint;
import dev.weft.instrument.Options;
import dev.weft.instrument.support.SourceText;
import dev.weft.instrument.support.Toolchain;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code @SuppressWarnings("weft:...")} silences a lint in the declaration that it stands on. */
class SuppressionTest {
    private static final String CHILD = "static Coroutine<Integer> child() { return null; }\n";

    @TempDir Path base;

    @Test
    void withoutItEveryLintWarns() throws IOException {
        assertThat(warnings("void m() {\n child();\n }")).containsExactly(4);
    }

    @Test
    void itCoversTheMethodThatItStandsOnAndNoOther() throws IOException {
        assertThat(
                        warnings(
                                """
                                @SuppressWarnings("weft:dropped-coroutine")
                                void m() { if (true) {
                                 child(); }
                                 child();
                                }
                                void n() {
                                 child();
                                }
                                """))
                .containsExactly(9);
    }

    @Test
    void itCoversALambdaInTheMethod() throws IOException {
        assertThat(
                        warnings(
                                "@SuppressWarnings(\"weft:dropped-coroutine\")\n"
                                        + "Runnable m() {\n return () -> {\n child();\n }; }"))
                .isEmpty();
    }

    @Test
    void itCoversTheClassThatItStandsOn() throws IOException {
        assertThat(
                        warnings(
                                """
                                @Deprecated @java.lang.SuppressWarnings({"x", "weft:all"})
                                static class B<T extends Object> {
                                void m() {
                                 child();
                                }
                                int[] a = {1};
                                void n() {
                                 child();
                                }
                                }
                                void o() {
                                 child();
                                }
                                """))
                .containsExactly(14);
    }

    @Test
    void itCoversAFieldWithItsInitialiser() throws IOException {
        assertThat(
                        warnings(
                                """
                                @SuppressWarnings(value = "weft:dropped-coroutine")
                                Runnable r = new Runnable() {
                                 public void run() {
                                 child();
                                }
                                };
                                Runnable s = () -> {
                                 child();
                                };
                                """))
                .containsExactly(10);
    }

    @Test
    void onAParameterItCoversTheParameterOnly() throws IOException {
        assertThat(
                        warnings(
                                "void m(@SuppressWarnings(\"weft:dropped-coroutine\") int i) {\n"
                                        + " child();\n }"))
                .containsExactly(4);
    }

    @Test
    void textBlocksAreNotRead() throws IOException {
        String quotes = "\"\"\"";
        assertThat(
                        warnings(
                                "String u = "
                                        + quotes
                                        + "\n @SuppressWarnings(\"weft:all\") {\n"
                                        + quotes
                                        + ";\nvoid n() {\n child();\n }"))
                .containsExactly(7);
    }

    @Test
    void theNameOfAnotherLintSilencesNothing() throws IOException {
        assertThat(
                        warnings(
                                "@SuppressWarnings({\"weft:blocking-call\", \"all\"})\n"
                                        + "void m() {\n child();\n }"))
                .containsExactly(5);
    }

    @Test
    void commentsAndLiteralsAreNotRead() throws IOException {
        assertThat(
                        warnings(
                                """
                                // @SuppressWarnings("weft:all")
                                /* @SuppressWarnings("weft:all") { */
                                String s = "@SuppressWarnings(\\"weft:all\\")";
                                char c = '\\''; char d = '{'; String t = "}\\\\";
                                @SuppressWarnings("weft:all") void m() {
                                 child();
                                }
                                void n() {
                                 child();
                                }
                                """))
                .containsExactly(11);
    }

    @Test
    void aSuppressedLintIsNoErrorEither() throws IOException {
        String members =
                "@SuppressWarnings(\"weft:dropped-coroutine\")\n void m() {\n child();\n }";
        Options strict = new Options(false, EnumSet.allOf(Lint.class));
        assertThat(outcome(members, strict).errors()).isZero();
    }

    @Test
    void aSourceWithoutEndIsReadToItsEnd() {
        String open = "@SuppressWarnings(\"weft:all\") class A { void m() { (((";
        assertThat(SuppressedRange.in(open)).containsExactly(new SuppressedRange("all", 1, 1));
        assertThat(SuppressedRange.in("@SuppressWarnings(\"weft:all\"")).hasSize(1);
    }

    @Test
    void longLiteralsAndDeepNestingNeedNoStack() {
        String source =
                "@SuppressWarnings(\"weft:all\") class A { String s = \""
                        + "a\\n".repeat(300_000)
                        + "\"; /*"
                        + "*".repeat(300_000)
                        + "*/ int i = "
                        + "(".repeat(300_000)
                        + ")".repeat(300_000)
                        + ";\n}";
        assertThat(SuppressedRange.in(source)).containsExactly(new SuppressedRange("all", 1, 2));
    }

    /** Returns the lines of the warnings about a class; its members begin in line 3. */
    private List<Integer> warnings(String members) throws IOException {
        return outcome(members, Options.defaults()).diagnostics().stream()
                .map(Diagnostic::line)
                .toList();
    }

    private Outcome outcome(String members, Options options) throws IOException {
        String text = "package a; import dev.weft.*; class A {\n" + CHILD + members + "\n}";
        Path sources = base.resolve("src");
        Path classes = base.resolve("classes");
        write(sources.resolve("a/A.java"), text.getBytes(StandardCharsets.UTF_8));
        Map<String, byte[]> compiled =
                Toolchain.JAVAC.compile(List.of(new SourceText("a/A.java", text)));
        for (Map.Entry<String, byte[]> file : compiled.entrySet()) {
            write(classes.resolve(file.getKey() + ".class"), file.getValue());
        }
        try (Stream<Path> files = Files.walk(classes)) {
            assertThat(files.filter(Files::isRegularFile)).isNotEmpty();
        }
        return TreeCompilation.of(
                classes,
                new AsyncCompiler(options),
                new SourceSuppressions(List.of(base.resolve("none"), sources)));
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }
}
