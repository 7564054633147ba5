package dev.weft.instrument.folder;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.instrument.AsyncCompiler;
import dev.weft.instrument.Diagnostic;
import dev.weft.instrument.Options;
import dev.weft.instrument.Severity;
import dev.weft.instrument.Suppressions;
import dev.weft.instrument.support.SourceText;
import dev.weft.instrument.support.Toolchain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A change of an option compiles again, from the class files that the folder of originals has. */
class ChangedOptionsTest {
    private static final Options FAST = Options.defaults();
    private static final Options COVERAGE = FAST.withCoverage(true);
    private static final Options DEBUG = new Options(true, Set.of());

    @TempDir Path folder;

    private Path tree;
    private Path kept;
    private Path file;

    @BeforeEach
    void putClass() throws IOException {
        tree = folder.resolve("classes");
        kept = folder.resolve("weft/classes");
        file = tree.resolve("com/acme/Prices.class");
        Files.createDirectories(file.getParent());
        put("await(Weft.sleep(Duration.ZERO));");
    }

    private void put(String statement) throws IOException {
        String source =
                """
                package com.acme;
                import static dev.weft.Weft.await;
                import dev.weft.*;
                import java.time.Duration;
                class Prices {
                    @Async static Coroutine<String> total(String a) {
                        String unused = a;
                        %s
                        return Coroutine.of("total");
                    }
                }
                """
                        .formatted(statement);
        Map<String, byte[]> classes =
                Toolchain.JAVAC.compile(List.of(new SourceText("com/acme/Prices.java", source)));
        Files.write(file, classes.get("com/acme/Prices"));
    }

    private Outcome run(Options options) throws IOException {
        Outcome outcome =
                TreeCompilation.of(tree, new AsyncCompiler(options), Suppressions.NONE, kept);
        Publication.publish(tree, outcome.changes());
        return outcome;
    }

    @Test
    void aClassGetsTheShapeOfTheLatestOptions() throws IOException {
        run(FAST);
        byte[] fast = Files.readAllBytes(file);
        assertThat(AsyncCompiler.hasCoverageShape(fast)).isFalse();

        assertThat(run(COVERAGE).classes()).isEqualTo(1);
        assertThat(AsyncCompiler.hasCoverageShape(Files.readAllBytes(file))).isTrue();

        run(DEBUG);
        assertThat(AsyncCompiler.hasCoverageShape(Files.readAllBytes(file))).isFalse();
        assertThat(file).content(ISO_8859_1).contains(";debug");

        run(FAST);
        assertThat(file).hasBinaryContent(fast);
    }

    @Test
    void aRunWithTheSameOptionsChangesNothing() throws IOException {
        run(COVERAGE);

        assertThat(run(COVERAGE).changes().isEmpty()).isTrue();
    }

    @Test
    void theFrameClassesChangeWithTheirOwner() throws IOException {
        run(COVERAGE);
        Path frame = tree.resolve("com/acme/Prices$total$Coroutine.class");
        byte[] before = Files.readAllBytes(frame);

        run(FAST);

        assertThat(Files.readAllBytes(frame)).isNotEqualTo(before);
    }

    @Test
    void aClassThatJavacHasWrittenAgainReplacesItsOriginal() throws IOException {
        run(FAST);
        put("await(Weft.sleep(Duration.ZERO)); await(Weft.sleep(Duration.ZERO));");
        run(FAST);
        byte[] fast = Files.readAllBytes(file);

        run(COVERAGE);
        run(FAST);

        assertThat(file).hasBinaryContent(fast);
    }

    @Test
    void aClassThatWasCompiledElsewhereStaysAsItIs() throws IOException {
        run(FAST);
        put("await(Weft.sleep(Duration.ofSeconds(1)));");
        byte[] elsewhere =
                new AsyncCompiler(FAST).compile(Files.readAllBytes(file)).classes().get(0).bytes();
        Files.write(file, elsewhere);

        Outcome outcome = run(COVERAGE);

        assertThat(file).hasBinaryContent(elsewhere);
        Diagnostic warning = outcome.diagnostics().get(0);
        assertThat(outcome.diagnostics()).hasSize(1);
        assertThat(warning.severity()).isEqualTo(Severity.WARNING);
        assertThat(warning.file()).endsWith("Prices.class");
        assertThat(warning.message()).contains("other options").contains("mvn clean");
    }

    @Test
    void theOriginalOfADeletedClassIsDeleted() throws IOException {
        run(FAST);
        Path original = kept.resolve("com/acme/Prices.class.javac");
        assertThat(original).exists();

        Files.delete(file);
        run(FAST);

        assertThat(original).doesNotExist();
    }

    @Test
    void aRunWithErrorsKeepsTheOriginals() throws IOException {
        run(FAST);
        byte[] original = Files.readAllBytes(kept.resolve("com/acme/Prices.class.javac"));
        put("synchronized (Prices.class) { await(Weft.sleep(Duration.ZERO)); }");

        Outcome outcome =
                TreeCompilation.of(tree, new AsyncCompiler(FAST), Suppressions.NONE, kept);

        assertThat(outcome.errors()).isEqualTo(1);
        assertThat(kept.resolve("com/acme/Prices.class.javac")).hasBinaryContent(original);
    }
}
