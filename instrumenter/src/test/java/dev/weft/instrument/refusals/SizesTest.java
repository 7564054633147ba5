package dev.weft.instrument.refusals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.instrument.AsyncCompiler;
import dev.weft.instrument.Compiled;
import dev.weft.instrument.Diagnostic;
import dev.weft.instrument.Lint;
import dev.weft.instrument.Options;
import dev.weft.instrument.Severity;
import dev.weft.instrument.support.SourceText;
import dev.weft.instrument.support.Toolchain;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Bodies that HotSpot would never compile are warned of, bodies that no class file takes refused.
 */
class SizesTest {
    private static final int METHODS = 4_500;

    @Test
    void anOrdinaryBodyIsNoCauseForAWarning() {
        assertThat(compile(20, Options.defaults()).diagnostics()).isEmpty();
    }

    @Test
    void aBodyBeyondTheLimitOfHotSpotIsWarnedOf() {
        Compiled compiled = compile(500, Options.defaults());
        assertThat(compiled.classes()).hasSize(2);
        Diagnostic warning = only(compiled);
        assertThat(warning.severity()).isEqualTo(Severity.WARNING);
        assertThat(warning.line()).isEqualTo(6);
        assertThat(warning.message())
                .containsPattern("large has \\d{4,5} bytes")
                .contains("8000", "HotSpot never compiles", "methods of their own");
    }

    @Test
    void thatWarningCanBeMadeAnError() {
        Compiled compiled = compile(500, new Options(false, Set.of(Lint.HUGE_METHOD)));
        assertThat(compiled.classes()).isEmpty();
        assertThat(only(compiled).severity()).isEqualTo(Severity.ERROR);
    }

    @Test
    void aBodyBeyondTheLimitOfClassFilesIsRefusedWithItsSizeBeforeAndAfter() {
        Compiled compiled = compile(3_000, Options.defaults());
        assertThat(compiled.classes()).isEmpty();
        Diagnostic error = only(compiled);
        assertThat(error.severity()).isEqualTo(Severity.ERROR);
        assertThat(error.file()).isEqualTo("com/acme/Large.java");
        assertThat(error.line()).isEqualTo(6);
        assertThat(error.message())
                .containsPattern(
                        "large is too large: \\d{5} bytes of code before, \\d{5,6} as a state"
                                + " machine")
                .contains("65535", "methods of their own");
    }

    @Test
    void allBodiesBeyondTheLimitOfClassFilesAreRefusedAtOnce() {
        String text =
                "package com.acme; class Large { "
                        + IntStream.range(0, 30)
                                .mapToObj(
                                        i ->
                                                "@dev.weft.Async dev.weft.Coroutine<Integer> large"
                                                        + i
                                                        + "(dev.weft.Deferred<Integer> x) {"
                                                        + " int sum = 0; "
                                                        + "sum += dev.weft.Weft.await(x);"
                                                                .repeat(3_000)
                                                        + " return dev.weft.Coroutine.of(sum); }")
                                .collect(Collectors.joining("\n"))
                        + " }";
        byte[] large =
                Toolchain.JAVAC
                        .compile(List.of(new SourceText("com/acme/Large.java", text)))
                        .get("com/acme/Large");
        Compiled compiled = new AsyncCompiler(Options.defaults()).compile(large);
        assertThat(compiled.classes()).isEmpty();
        assertThat(compiled.diagnostics())
                .hasSize(30)
                .allMatch(said -> said.message().contains("is too large: "));
    }

    @Test
    void directCallsMakeNoBodyTooLargeForHotSpot() {
        assertThat(compileCalls(250).diagnostics()).isEmpty();
    }

    @Test
    void directCallsMakeNoBodyTooLargeForAClassFile() {
        assertThat(compileCalls(2_000).diagnostics())
                .allMatch(said -> said.severity() == Severity.WARNING);
        assertThat(compileCalls(2_000).classes()).hasSize(3);
    }

    @Test
    void directCallsMakeNoClassTooLarge() {
        String text =
                IntStream.range(0, METHODS)
                        .mapToObj(SizesTest::methodThatCallsTheNext)
                        .collect(Collectors.joining("\n", "class A { ", "}"));
        Compiled compiled =
                new AsyncCompiler(Options.defaults()).compile(Toolchain.JAVAC.compile(text, "A"));
        assertThat(compiled.diagnostics()).isEmpty();
        assertThat(compiled.classes()).hasSize(METHODS + 1);
    }

    private static String methodThatCallsTheNext(int number) {
        return """
            @dev.weft.Async
            static dev.weft.Coroutine<Integer> m%d(int a) {
                return dev.weft.Coroutine.of(a + dev.weft.Weft.await(m%d(a)));
            }
            """
                .formatted(number, (number + 1) % METHODS);
    }

    /** Compiles a body that calls another one so many times. */
    private static Compiled compileCalls(int calls) {
        String text =
                """
                class A {
                    @dev.weft.Async
                    static dev.weft.Coroutine<Integer> called(int a) {
                        int b = a, c = b, d = c, e = d, f = e, g = f, h = g, i = h, j = i;
                        return dev.weft.Coroutine.of(j);
                    }

                    @dev.weft.Async
                    static dev.weft.Coroutine<Void> calling() {
                        %s
                        return dev.weft.Coroutine.done();
                    }
                }
                """
                        .formatted("dev.weft.Weft.await(called(1));\n".repeat(calls));
        return new AsyncCompiler(Options.defaults()).compile(Toolchain.JAVAC.compile(text, "A"));
    }

    private static Diagnostic only(Compiled compiled) {
        assertThat(compiled.diagnostics()).hasSize(1);
        return compiled.diagnostics().get(0);
    }

    private static Compiled compile(int awaits, Options options) {
        String text =
                """
                package com.acme;

                class Large {
                    @dev.weft.Async
                    dev.weft.Coroutine<Integer> large(dev.weft.Deferred<Integer> x) {
                        int sum = 0;
                        %s
                        return dev.weft.Coroutine.of(sum);
                    }
                }
                """
                        .formatted("sum += dev.weft.Weft.await(x);\n".repeat(awaits));
        byte[] large =
                Toolchain.JAVAC
                        .compile(List.of(new SourceText("com/acme/Large.java", text)))
                        .get("com/acme/Large");
        return new AsyncCompiler(options).compile(large);
    }
}
