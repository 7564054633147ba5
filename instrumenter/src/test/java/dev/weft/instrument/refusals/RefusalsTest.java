package dev.weft.instrument.refusals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.instrument.Diagnostic;
import dev.weft.instrument.Lint;
import dev.weft.instrument.Options;
import dev.weft.instrument.Severity;
import dev.weft.instrument.support.SourceText;
import dev.weft.instrument.support.Toolchain;
import dev.weft.instrument.support.Woven;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The refusals and warnings of the compiler. Each message is a comment on its line, in the files
 * below {@code resources/refusals}.
 */
class RefusalsTest {
    private static final List<SourceText> SOURCES = SourceText.folder("refusals");

    @TestFactory
    Stream<DynamicTest> messagesStandOnTheirLines() {
        return checks(Toolchain.JAVAC, Expectation::check);
    }

    @TestFactory
    Stream<DynamicTest> messagesAreTheSameFromEcj() {
        return checks(Toolchain.ECJ, Expectation::check);
    }

    @TestFactory
    Stream<DynamicTest> messagesAreTheSameWithoutLineNumbers() {
        return checks(Toolchain.JAVAC_NO_DEBUG, Expectation::checkWithoutLines);
    }

    private static Stream<DynamicTest> checks(
            Toolchain toolchain, BiConsumer<SourceText, List<Diagnostic>> check) {
        List<Diagnostic> said = said(toolchain, Options.defaults());
        return SOURCES.stream()
                .map(
                        source ->
                                DynamicTest.dynamicTest(
                                        source.path(), () -> check.accept(source, said)));
    }

    @Test
    void javacTellsWhereALambdaStands() {
        assertThat(said(Toolchain.JAVAC, Options.defaults()))
                .extracting(Diagnostic::message)
                .anyMatch(said -> said.contains("a lambda in lambdasInside whose body"))
                .anyMatch(said -> said.contains("a lambda in an initialiser or constructor whose"));
    }

    @Test
    void classAndMethodStandForAMissingLine() {
        assertThat(said(Toolchain.JAVAC_NO_DEBUG, Options.defaults()))
                .allMatch(said -> said.line() == 0)
                .allMatch(said -> said.className().startsWith("refusals."))
                .noneMatch(said -> said.method().isEmpty());
    }

    @Test
    void everyWarningCanBeMadeAnError() {
        Options strict = new Options(false, EnumSet.allOf(Lint.class));
        assertThat(said(Toolchain.JAVAC, strict))
                .hasSameSizeAs(said(Toolchain.JAVAC, Options.defaults()))
                .allMatch(said -> said.severity() == Severity.ERROR);
    }

    @Test
    void aClassWithAnErrorIsLeftAlone() {
        Map<String, byte[]> classes = Toolchain.JAVAC.compile(SOURCES);
        Map<String, byte[]> after = Woven.of(classes).classes();
        assertThat(after.get("refusals/AwaitOutside"))
                .isSameAs(classes.get("refusals/AwaitOutside"));
        assertThat(after).doesNotContainKey("refusals/AwaitOutside$wellFormed$Coroutine");
    }

    private static List<Diagnostic> said(Toolchain toolchain, Options options) {
        return Woven.of(toolchain.compile(SOURCES), options).diagnostics();
    }
}
