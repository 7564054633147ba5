package dev.weft.instrument.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Coroutine;
import dev.weft.instrument.AsyncCompiler;
import dev.weft.instrument.Options;
import dev.weft.instrument.Suppressions;
import dev.weft.instrument.explain.Explanation.Detail;
import dev.weft.instrument.explain.Format;
import dev.weft.instrument.explain.MethodStates;
import dev.weft.instrument.support.SourceText;
import dev.weft.instrument.support.Toolchain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassReportTest {
    private static final String TEXT =
            """
            package com.acme;
            import static dev.weft.Weft.await;
            import dev.weft.*;
            class A {
                @Async Coroutine<Integer> m(Coroutine<Integer> c, int base) {
                    return Coroutine.of(await(c) + base);
                }
                static class Nested {
                    @Async Coroutine<Integer> n(Coroutine<Integer> c) {
                        return Coroutine.of(await(c) + 1);
                    }
                }
            }
            """;

    @TempDir Path project;

    private Path classes;
    private Path sources;

    @BeforeEach
    void writeAProjectThatIsCompiledAlready() throws IOException {
        classes = project.resolve("classes");
        sources = project.resolve("java");
        Files.createDirectories(classes.resolve("com/acme"));
        Files.createDirectories(sources.resolve("com/acme"));
        List<SourceText> texts = List.of(new SourceText("com/acme/A.java", TEXT));
        for (Map.Entry<String, byte[]> each : Toolchain.JAVAC.compile(texts).entrySet()) {
            Files.write(classes.resolve(each.getKey() + ".class"), each.getValue());
        }
        AsyncCompiler compiler = new AsyncCompiler(Options.defaults());
        Publication.publish(
                classes, TreeCompilation.of(classes, compiler, Suppressions.NONE).changes());
    }

    @Test
    void aCompiledClassIsCompiledAgainFromItsSource() throws Exception {
        Files.writeString(sources.resolve("com/acme/A.java"), TEXT);

        ClassReport report = report("com.acme.A");

        assertThat(report.explanation().detail()).isEqualTo(Detail.FULL);
        assertThat(report.render(Format.TEXT)).contains("saves base  int  used in line 6");
        assertThat(report.render(Format.HTML)).contains("return Coroutine.of(await(c) + base);");
    }

    @Test
    void withoutItsSourceACompiledClassIsExplainedInPart() throws Exception {
        ClassReport report = report("com.acme.A");

        assertThat(report.explanation().detail()).isEqualTo(Detail.PARTIAL);
        assertThat(report.render(Format.TEXT))
                .contains("compiled already", "state 1   line 6  await")
                .doesNotContain("saves base");
    }

    @Test
    void aSourceThatDoesNotCompileLeavesThePart() throws Exception {
        Files.writeString(sources.resolve("com/acme/A.java"), TEXT + "}");

        assertThat(report("com.acme.A").explanation().detail()).isEqualTo(Detail.PARTIAL);
    }

    @Test
    void aMethodOfANestedClassIsFoundByItsNameWithDots() throws Exception {
        assertThat(report("com.acme.A.Nested.n").explanation().methods())
                .extracting(MethodStates::name)
                .containsExactly("n");
    }

    @Test
    void unknownNamesAreAnsweredWithTheKnownOnes() {
        assertThatThrownBy(() -> report("com.acme.A.x"))
                .hasMessage("com.acme.A has no async method x; it has m");
        assertThatThrownBy(() -> report("com.acme.B"))
                .hasMessageStartingWith("there is no class com.acme.B on the class path");
    }

    private ClassReport report(String name) throws Exception {
        Path runtime =
                Path.of(
                        Coroutine.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI());
        return ClassReport.of(name, List.of(classes, runtime), List.of(sources));
    }
}
