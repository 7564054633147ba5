package dev.weft.instrument.folder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.instrument.Diagnostic;
import dev.weft.instrument.Lint;
import dev.weft.instrument.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiagnosticLinesTest {

    @TempDir Path base;
    private Path source;
    private DiagnosticLines lines;

    @BeforeEach
    void makeSources() throws IOException {
        Path folder = Files.createDirectories(base.resolve("src/com/acme"));
        source = Files.createFile(folder.resolve("Prices.java"));
        lines = new DiagnosticLines(List.of(base.resolve("generated"), base.resolve("src")));
    }

    @Test
    void aLineLooksLikeOneOfTheCompilerPlugin() {
        assertThat(lines.of(at("com/acme/Prices.java", 42)))
                .isEqualTo(source + ":[42,1] await while a monitor is held");
        assertThat(source).isAbsolute();
    }

    @Test
    void classAndMethodStandInForAnUnknownLine() {
        assertThat(lines.of(at("com/acme/Prices.java", 0)))
                .isEqualTo(source + ": com.acme.Prices$Cache.total: await while a monitor is held");
    }

    @Test
    void aClassThatDoesNotNameItsSourceIsLookedUpByItsOwnName() {
        assertThat(lines.of(at("", 0)))
                .isEqualTo(source + ": com.acme.Prices$Cache.total: await while a monitor is held");
    }

    @Test
    void aClassFileThatCannotBeReadStandsForItself() {
        Diagnostic said = new Diagnostic(Severity.ERROR, null, "a/A.class", 0, "", "", "not known");
        assertThat(lines.of(said)).isEqualTo("a/A.class: not known");
    }

    @Test
    void aSourceThatIsNotThereIsNamedAsTheClassFileNamesIt() {
        assertThat(lines.of(at("com/acme/Gone.java", 42)))
                .isEqualTo("com/acme/Gone.java:[42,1] await while a monitor is held");
    }

    @Test
    void classAndMethodStandInForAnUnknownSource() {
        Diagnostic unknown =
                new Diagnostic(
                        Severity.ERROR, null, "", 42, "com/acme/$Gone", "total", "a problem");

        assertThat(lines.of(unknown)).isEqualTo("com.acme.$Gone.total: a problem");
    }

    @Test
    void aProblemOfAClassNamesNoMethod() {
        Diagnostic unknown = new Diagnostic(Severity.ERROR, null, "", 0, "Gone", "", "a problem");

        assertThat(lines.of(unknown)).isEqualTo("Gone: a problem");
    }

    @Test
    void aWarningEndsWithTheNameOfItsLint() {
        Diagnostic warning =
                new Diagnostic(
                        Severity.WARNING, Lint.BLOCKING_CALL, "", 0, "Gone", "", "it blocks");

        assertThat(lines.of(warning)).isEqualTo("Gone: it blocks [weft:blocking-call]");
    }

    private static Diagnostic at(String file, int line) {
        return new Diagnostic(
                Severity.ERROR,
                null,
                file,
                line,
                "com/acme/Prices$Cache",
                "total",
                "await while a monitor is held");
    }
}
