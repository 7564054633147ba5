package dev.weft.instrument.folder;

import static dev.weft.instrument.folder.FakeCompiler.compiled;
import static dev.weft.instrument.folder.FakeCompiler.frame;
import static dev.weft.instrument.folder.FakeCompiler.source;
import static dev.weft.instrument.folder.FakeCompiler.wrong;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.instrument.Diagnostic;
import dev.weft.instrument.Severity;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeCompilationTest {

    private final FakeCompiler compiler = new FakeCompiler();

    @TempDir Path tree;

    @Test
    void aFrameClassIsWrittenBeforeTheClassThatNamesIt() throws IOException {
        put("a/A.class", source("a/A", "run", "walk"));
        put("a/B.class", source("a/B", "fly"));

        Outcome outcome = compile();

        assertThat(written(outcome))
                .containsExactly(
                        "a/A$run.class",
                        "a/A$walk.class",
                        "a/B$fly.class",
                        "a/A.class",
                        "a/B.class");
        assertThat(outcome.classes()).isEqualTo(2);
        assertThat(outcome.bodies()).isEqualTo(3);
    }

    @Test
    void aRunWritesNothingItself() throws IOException {
        put("A.class", source("A", "run"));

        compile();

        assertThat(ClassFiles.below(tree)).containsExactly(tree.resolve("A.class"));
        assertThat(tree.resolve("A.class")).hasBinaryContent(source("A", "run"));
    }

    @Test
    void aClassWithoutWeftIsNotCompiled() throws IOException {
        put("A.class", "source without A run".getBytes(UTF_8));

        assertThat(compile().changes().isEmpty()).isTrue();
    }

    @Test
    void aSecondRunChangesNothing() throws IOException {
        put("A.class", source("A", "run"));
        Publication.publish(tree, compile().changes());

        Outcome second = compile();

        assertThat(second.changes().isEmpty()).isTrue();
        assertThat(second.classes()).isZero();
    }

    @Test
    void aFrameClassThatComesOutTheSameIsNotWrittenAgain() throws IOException {
        put("A.class", source("A", "run", "walk"));
        put("A$run.class", frame("A"));

        assertThat(written(compile())).containsExactly("A$walk.class", "A.class");
    }

    @Test
    void theErrorsOfAllClassesAreCollected() throws IOException {
        put("A.class", wrong("A", "7:no lock here"));
        put("B.class", source("B", "run"));
        put("C.class", wrong("C", "0:no native method"));

        Outcome outcome = compile();

        assertThat(outcome.errors()).isEqualTo(2);
        assertThat(outcome.diagnostics())
                .extracting(Diagnostic::message)
                .containsExactly("no lock here", "no native method");
    }

    @Test
    void errorsComeInTheOrderOfTheSource() throws IOException {
        put("A$1.class", wrong("A", "9:third"));
        put("A.class", wrong("A", "20:fourth", "7:second", "0:first"));

        assertThat(compile().diagnostics())
                .extracting(Diagnostic::message)
                .containsExactly("first", "second", "third", "fourth");
    }

    @Test
    void theNumberOfThreadsChangesNothing() throws IOException {
        for (int i = 0; i < 100; i++) {
            put("A" + i + ".class", source("A" + i, "run", "walk"));
            put("B" + i + ".class", wrong("B", i % 7 + ":wrong " + i, "3:wrong too"));
            put("C" + i + "$run.class", frame("C" + i));
        }

        Outcome sequential = TreeCompilation.of(tree, compiler, 1);
        Outcome parallel = TreeCompilation.of(tree, compiler, 8);

        assertThat(parallel.diagnostics()).hasSize(200).isEqualTo(sequential.diagnostics());
        assertThat(written(parallel)).hasSize(300).isEqualTo(written(sequential));
        assertThat(stale(parallel)).hasSize(100).isEqualTo(stale(sequential));
    }

    @Test
    void anInterruptEndsTheRun() throws IOException {
        put("A.class", source("A", "run"));
        Thread.currentThread().interrupt();

        assertThatThrownBy(this::compile).isInstanceOf(InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aClassFileThatCannotBeReadIsNamed() throws IOException {
        put("a/A.class", "unknown dev/weft".getBytes(UTF_8));

        assertThat(compile().diagnostics())
                .extracting(Diagnostic::file)
                .containsExactly(tree.resolve("a/A.class").toString());
    }

    @Test
    void framesOfARemovedClassAreStale() throws IOException {
        put("a/A$run.class", frame("a/A"));

        assertThat(stale(compile())).containsExactly("a/A$run.class");
    }

    @Test
    void framesThatAChangedClassNoLongerNeedsAreStale() throws IOException {
        put("a/A$run.class", frame("a/A"));
        put("a/A$walk.class", frame("a/A"));
        put("a/A.class", source("a/A", "walk"));

        assertThat(stale(compile())).containsExactly("a/A$run.class");
    }

    @Test
    void framesOfAClassThatHasNoAsyncMethodLeftAreStale() throws IOException {
        put("A$run.class", frame("A"));
        put("A.class", "a plain class".getBytes(UTF_8));

        assertThat(stale(compile())).containsExactly("A$run.class");
    }

    @Test
    void framesOfAClassThatIsLeftAloneStay() throws IOException {
        put("a/A$run.class", frame("a/A"));
        put("a/A.class", compiled("a/A$run"));

        assertThat(compile().changes().isEmpty()).isTrue();
    }

    @Test
    void eachVersionOfAMultiReleaseTreeIsAWorldOfItsOwn() throws IOException {
        put("a/A$run.class", frame("a/A"));
        put("a/A.class", compiled("a/A$run"));
        put("META-INF/versions/21/a/A$run.class", frame("a/A"));
        put("META-INF/versions/21/a/A.class", source("a/A", "walk"));

        Outcome outcome = compile();

        assertThat(written(outcome))
                .containsExactly(
                        "META-INF/versions/21/a/A$walk.class", "META-INF/versions/21/a/A.class");
        assertThat(stale(outcome)).containsExactly("META-INF/versions/21/a/A$run.class");
    }

    @Test
    void aBreakdownOfTheCompilerNamesTheFile() throws IOException {
        put("a/A.class", "broken dev/weft a/A run".getBytes(UTF_8));

        assertThatThrownBy(this::compile)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(tree.resolve("a/A.class").toString())
                .hasRootCauseInstanceOf(ArrayIndexOutOfBoundsException.class);
    }

    @Test
    void aMissingFrameClassOfACompiledClassIsAnError() throws IOException {
        put("a/A$run.class", frame("a/A"));
        put("a/A.class", compiled("a/A$run", "a/A$walk"));

        assertThat(compile().diagnostics())
                .singleElement()
                .satisfies(
                        said -> {
                            assertThat(said.severity()).isEqualTo(Severity.ERROR);
                            assertThat(said.file()).isEqualTo(tree.resolve("a/A.class").toString());
                            assertThat(said.message())
                                    .contains("(a.A$walk)", "compile its source again");
                        });
    }

    @Test
    void aClassOfTheUserIsNotReplacedByAFrameClass() throws IOException {
        put("a/A.class", source("a/A", "run", "walk"));
        put("a/A$run.class", "a plain class".getBytes(UTF_8));
        put("a/A$walk.class", frame("a/B"));

        Outcome outcome = compile();

        assertThat(outcome.errors()).isEqualTo(2);
        assertThat(outcome.diagnostics())
                .extracting(Diagnostic::file)
                .containsExactly(
                        tree.resolve("a/A$run.class").toString(),
                        tree.resolve("a/A$walk.class").toString());
        assertThat(outcome.diagnostics()).allMatch(said -> said.message().contains("rename"));
        assertThat(written(outcome)).containsExactly("a/A.class");
    }

    private Outcome compile() throws IOException {
        return TreeCompilation.of(tree, compiler);
    }

    private void put(String name, byte[] bytes) throws IOException {
        Path file = tree.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }

    private List<String> written(Outcome outcome) {
        return outcome.changes().writes().stream().map(w -> name(w.file())).toList();
    }

    private List<String> stale(Outcome outcome) {
        return outcome.changes().stale().stream().map(this::name).toList();
    }

    private String name(Path file) {
        return tree.relativize(file).toString().replace('\\', '/');
    }
}
