package dev.weft.instrument.folder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.instrument.AsyncCompiler;
import dev.weft.instrument.Diagnostic;
import dev.weft.instrument.Options;
import dev.weft.instrument.Suppressions;
import dev.weft.instrument.support.Toolchain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs with the real compiler over a folder with a compiled class. */
class RealClassesTest {
    @TempDir Path tree;

    private Path owner;
    private Path frame;

    @BeforeEach
    void compileAClass() throws IOException {
        owner = tree.resolve("A.class");
        frame = tree.resolve("A$m$Coroutine.class");
        String text =
                "import dev.weft.*; class A { @Async Coroutine<Integer> m(Coroutine<Integer> c) {"
                        + " return Coroutine.of(Weft.await(c) + 1); } }";
        Files.write(owner, Toolchain.JAVAC.compile(text, "A"));
        Publication.publish(tree, run().changes());
    }

    @Test
    void aSecondRunFindsNothingToDo() throws IOException {
        assertThat(run().changes().isEmpty()).isTrue();
        assertThat(run().diagnostics()).isEmpty();
        assertThat(run().done()).isEqualTo("Nothing to compile");
    }

    @Test
    void aDeletedFrameClassIsAnErrorThatNamesBothFiles() throws IOException {
        Files.delete(frame);

        assertThat(run().diagnostics())
                .singleElement()
                .satisfies(
                        said -> {
                            assertThat(said.file()).isEqualTo(owner.toString());
                            assertThat(said.message()).contains("A$m$Coroutine");
                        });
    }

    @Test
    void aDamagedFrameClassIsAnErrorThatNamesIt() throws IOException {
        byte[] bytes = Files.readAllBytes(frame);
        Files.write(frame, Arrays.copyOf(bytes, bytes.length - 10));

        assertThat(lines(run().diagnostics()))
                .singleElement()
                .satisfies(line -> assertThat(line).contains("A$m$Coroutine", "damaged"));
    }

    @Test
    void aFrameClassWithoutOwnerIsStale() throws IOException {
        Files.delete(owner);

        assertThat(run().changes().stale()).containsExactly(frame);
    }

    private Outcome run() throws IOException {
        return TreeCompilation.of(tree, new AsyncCompiler(Options.defaults()), Suppressions.NONE);
    }

    private static List<String> lines(List<Diagnostic> diagnostics) {
        DiagnosticLines lines = new DiagnosticLines(List.of());
        return diagnostics.stream().map(lines::of).toList();
    }
}
