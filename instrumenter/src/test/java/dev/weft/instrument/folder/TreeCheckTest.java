package dev.weft.instrument.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.instrument.AsyncCompiler;
import dev.weft.instrument.Options;
import dev.weft.instrument.Suppressions;
import dev.weft.instrument.folder.Finding.Rule;
import dev.weft.instrument.support.Toolchain;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeCheckTest {
    private static final String TEXT =
            """
            import static dev.weft.Weft.await;
            import dev.weft.*;
            import dev.weft.stream.AsyncStream;
            class A {
                @Async Coroutine<Integer> m(Coroutine<Integer> c) {
                    int first = await(c);
                    return Coroutine.of(first + await(c));
                }
                AsyncCallable<Integer> n(Coroutine<Integer> c) {
                    return () -> Coroutine.of(await(c));
                }
                void stray(Coroutine<Integer> c) {
                    await(c);
                    AsyncStream.emit(1);
                }
                @Async Coroutine<Void> nothing() { return Coroutine.done(); }
            }
            """;

    private static final String SMALL =
            "import dev.weft.*; class A { @Async Coroutine<Integer> m(Coroutine<Integer> c) {"
                    + " return Coroutine.of(Weft.await(c) + 1); } }";

    @TempDir Path tree;

    @Test
    void everyPlaceOfCodeThatIsNotCompiledIsListed() throws IOException {
        put("A.class", Toolchain.JAVAC.compile(TEXT, "A"));

        assertThat(check(tree).places(List.of()))
                .containsExactly(
                        "A.java:[6,1] @Async method m is not compiled; it suspends in lines 6, 7",
                        "A.java:[13,1] await in stray is not compiled",
                        "A.java:[14,1] emit in stray is not compiled",
                        "A.java:[16,1] @Async method nothing is not compiled",
                        "A.java:[10,1] a lambda in n that awaits is not compiled; it suspends in line"
                                + " 10");
        assertThat(check(tree).fixes())
                .singleElement()
                .asString()
                .startsWith("Compile these classes: add weft-javac");
        assertThat(check(tree).summary())
                .isEqualTo("Weft found 5 places that would fail at run time, listed above.");
    }

    @Test
    void aCompiledFolderIsClean() throws IOException {
        compileSmall();

        assertThat(check(tree).isClean()).isTrue();
        assertThat(check(tree).summary()).isEqualTo("All async code is compiled: 1 class");
    }

    @Test
    void aFolderWithoutAsyncCodeIsClean() throws IOException {
        put("A.class", Toolchain.JAVAC.compile("class A {}", "A"));

        assertThat(check(tree).summary()).isEqualTo("No async code found");
    }

    @Test
    void theRuntimeItselfIsClean() throws IOException {
        assertThat(check(Path.of("../runtime/target/classes")).places(List.of())).isEmpty();
    }

    @Test
    void aMissingFrameClassIsFound() throws IOException {
        compileSmall();
        Files.delete(tree.resolve("A$m$Coroutine.class"));

        assertThat(check(tree).places(List.of()))
                .containsExactly("A: the frame class A$m$Coroutine is missing");
        assertThat(check(tree).of(Rule.FRAME_MISSING)).hasSize(1);
    }

    @Test
    void aFrameClassWithoutItsClassIsFound() throws IOException {
        compileSmall();
        put("A.class", Toolchain.JAVAC.compile("class A {}", "A"));

        assertThat(check(tree).places(List.of()))
                .containsExactly(
                        "A$m$Coroutine: a frame class of A, which is gone or has no async code");
    }

    @Test
    void theFrameClassesOfAClassThatIsNotCompiledAreNotListedToo() throws IOException {
        compileSmall();
        put("A.class", Toolchain.JAVAC.compile(SMALL, "A"));

        assertThat(check(tree).findings())
                .extracting(Finding::rule)
                .containsExactly(Rule.NOT_COMPILED);
    }

    @Test
    void aFrameClassThatIsNotUsedAnyMoreIsFound() throws IOException {
        compileSmall();
        Path stale = tree.resolve("A$old$Coroutine.class");
        Files.copy(tree.resolve("A$m$Coroutine.class"), stale);

        assertThat(check(tree).places(List.of()))
                .containsExactly("A$old$Coroutine: a frame class that A does not use any more");
    }

    @Test
    void aClassOfAnotherVersionIsFound() throws IOException {
        compileSmall();
        replaceVersion("A.class");

        assertThat(check(tree).places(List.of()))
                .containsExactly(
                        "A: compiled by Weft 0.0.9, and this is Weft " + AsyncCompiler.version(),
                        "A: the frame class A$m$Coroutine was compiled by Weft "
                                + AsyncCompiler.version()
                                + ", and its class by Weft 0.0.9");
        assertThat(check(tree).versions()).containsExactly("0.0.9", AsyncCompiler.version());
    }

    @Test
    void aDamagedClassIsFound() throws IOException {
        byte[] whole = Toolchain.JAVAC.compile(SMALL, "A");
        put("A.class", Arrays.copyOf(whole, whole.length - 20));

        assertThat(check(tree).of(Rule.UNREADABLE)).hasSize(1);
        assertThat(check(tree).places(List.of()).get(0)).startsWith("A: the class file is damaged");
    }

    @Test
    void jarsInsideOfJarsAreChecked() throws IOException {
        byte[] bytes = Toolchain.JAVAC.compile(SMALL, "A");
        byte[] inner = jar("A.class", bytes);
        Path outer = tree.resolve("app.jar");
        Files.write(outer, jar("BOOT-INF/lib/inner.jar", inner));

        assertThat(check(outer).places(List.of()))
                .containsExactly(
                        outer
                                + "!/BOOT-INF/lib/inner.jar: A.java:[1,1] @Async method m is not"
                                + " compiled; it suspends in line 1");
    }

    @Test
    void classesOfDifferentJarsDoNotSeeEachOther() throws IOException {
        compileSmall();
        Path owner = tree.resolve("owner.jar");
        Path frame = tree.resolve("frame.jar");
        Files.write(owner, jar("A.class", Files.readAllBytes(tree.resolve("A.class"))));
        String name = "A$m$Coroutine.class";
        Files.write(frame, jar(name, Files.readAllBytes(tree.resolve(name))));

        assertThat(TreeCheck.of(List.of(owner, frame)).findings())
                .extracting(Finding::rule)
                .containsExactly(Rule.FRAME_MISSING, Rule.FRAME_WITHOUT_OWNER);
    }

    @Test
    void whatIsMissingOrNoJarIsAnError() throws IOException {
        Path missing = tree.resolve("none");
        Path text = Files.writeString(tree.resolve("a.txt"), "text");

        assertThatThrownBy(() -> check(missing)).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> check(text)).hasMessageContaining("neither a folder nor a jar");
    }

    private CheckOutcome check(Path root) throws IOException {
        return TreeCheck.of(List.of(root));
    }

    @Test
    void aClassThatIsCompiledForCoverageToolsIsAWarning() throws IOException {
        compileSmall(Options.defaults().withCoverage(true));
        CheckOutcome outcome = check(tree);
        assertThat(outcome.isClean()).isTrue();
        assertThat(outcome.warnings())
                .containsExactly(
                        "1 class is compiled for coverage tools, where an await takes longer: A."
                                + " Compile again with coverage=false before packaging"
                                + " (docs/coverage.md)");
    }

    @Test
    void otherwiseThereIsNoWarning() throws IOException {
        compileSmall();
        assertThat(check(tree).warnings()).isEmpty();
    }

    private void put(String name, byte[] bytes) throws IOException {
        Files.write(tree.resolve(name), bytes);
    }

    private void compileSmall() throws IOException {
        compileSmall(Options.defaults());
    }

    private void compileSmall(Options options) throws IOException {
        put("A.class", Toolchain.JAVAC.compile(SMALL, "A"));
        AsyncCompiler compiler = new AsyncCompiler(options);
        Outcome outcome = TreeCompilation.of(tree, compiler, Suppressions.NONE);
        Publication.publish(tree, outcome.changes());
    }

    /** Replaces the version in a class file by one of the same length. */
    private void replaceVersion(String name) throws IOException {
        Path file = tree.resolve(name);
        String content = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertThat(AsyncCompiler.version()).hasSameSizeAs("0.0.9");
        Files.writeString(
                file,
                content.replace(AsyncCompiler.version(), "0.0.9"),
                StandardCharsets.ISO_8859_1);
    }

    private static byte[] jar(String name, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content);
        }
        return bytes.toByteArray();
    }
}
