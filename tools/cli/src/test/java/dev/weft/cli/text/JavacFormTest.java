package dev.weft.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.instrument.Diagnostic;
import dev.weft.instrument.Lint;
import dev.weft.instrument.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

class JavacFormTest {

    @Test
    void theCaretIsUnderTheOnlyAwaitOfTheLine() {
        assertThat(form("\tint x = await(y);").of(List.of(error(1, ""))))
                .isEqualTo("A.java:1: error: wrong\n\tint x = await(y);\n\t        ^\n");
    }

    @Test
    void theCaretIsUnderTheFirstCharacterIfTheLineHasSeveralAwaits() {
        assertThat(form("  f(await(x), await(y));").of(List.of(error(1, ""))))
                .isEqualTo("A.java:1: error: wrong\n  f(await(x), await(y));\n  ^\n");
    }

    @Test
    void aLineThatTheSourceDoesNotHaveIsLeftOut() {
        assertThat(form("x").of(List.of(error(7, "")))).isEqualTo("A.java:7: error: wrong\n");
    }

    @Test
    void theClassAndMethodStandForAnUnknownLine() {
        assertThat(form("x").of(List.of(error(0, "m")))).isEqualTo("A.java: a.A.m: error: wrong\n");
    }

    @Test
    void aWarningNamesItsLint() {
        Diagnostic warning =
                new Diagnostic(
                        Severity.WARNING, Lint.HUGE_METHOD, "a/A.java", 1, "a.A", "m", "large");

        assertThat(form("x").of(List.of(warning)))
                .isEqualTo("A.java:1: warning: [weft:huge-method] large\nx\n^\n");
    }

    private static JavacForm form(String line) {
        return new JavacForm(file -> new JavacForm.Source("A.java", List.of(line)));
    }

    private static Diagnostic error(int line, String method) {
        return new Diagnostic(Severity.ERROR, null, "a/A.java", line, "a.A", method, "wrong");
    }
}
