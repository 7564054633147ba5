package dev.weft.instrument.refusals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.instrument.AsyncCompiler;
import dev.weft.instrument.Diagnostic;
import dev.weft.instrument.Options;
import dev.weft.instrument.Severity;
import dev.weft.instrument.support.SourceText;
import dev.weft.instrument.support.Toolchain;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Test methods cannot be async, and calls on mocks of Mockito return no real coroutine. */
class TestFrameworksTest {
    private static final String MOCKITO =
            """
            package org.mockito;
            public class Mockito {
                public static <T> T verify(T mock) { return mock; }
                public static <T> OngoingStubbing<T> when(T call) { return null; }
                public static Stubber doReturn(Object result) { return null; }
                public static <T> T any() { return null; }
                public interface OngoingStubbing<T> { OngoingStubbing<T> thenReturn(T result); }
                public interface Stubber { <T> T when(T mock); }
                public interface InOrder { <T> T verify(T mock); }
                public interface MockedStatic {
                    void when(Verification call);
                    interface Verification { void apply() throws Throwable; }
                }
            }
            """;

    @TestFactory
    Stream<DynamicTest> testMethodsThatReturnACoroutineAreRefused() {
        return Stream.of(
                        "org.junit.jupiter.api.Test",
                        "org.junit.jupiter.api.RepeatedTest",
                        "org.junit.jupiter.api.TestFactory",
                        "org.junit.jupiter.api.TestTemplate",
                        "org.junit.jupiter.api.BeforeEach",
                        "org.junit.jupiter.api.AfterAll",
                        "org.junit.jupiter.params.ParameterizedTest",
                        "org.junit.Test",
                        "org.junit.Before",
                        "org.testng.annotations.Test",
                        "org.testng.annotations.BeforeMethod")
                .map(name -> DynamicTest.dynamicTest(name, () -> assertRefused(name)));
    }

    private static void assertRefused(String annotation) {
        String simple = annotation.substring(annotation.lastIndexOf('.') + 1);
        for (String method :
                List.of(
                        "@Async Coroutine<Void> m() { return Coroutine.done(); }",
                        "@Async void m() {}",
                        "@Async dev.weft.stream.AsyncStream<Integer> m() {"
                                + " dev.weft.stream.AsyncStream.emit(1);"
                                + " return dev.weft.stream.AsyncStream.end(); }",
                        "dev.weft.stream.AsyncStream<Integer> m() { return null; }",
                        "Coroutine<Void> m() { return Coroutine.done(); }",
                        "void m() { await((Coroutine<Void>) null); }")) {
            assertThat(diagnostics("@" + annotation + " " + method, annotation(annotation)))
                    .singleElement()
                    .satisfies(
                            said -> {
                                assertThat(said.severity()).isEqualTo(Severity.ERROR);
                                assertThat(said.line()).isEqualTo(2);
                                assertThat(said.message())
                                        .contains("@" + simple + " method", "Weft.run(() -> {");
                            });
        }
    }

    @Test
    void aTestMethodOfJUnit3IsKnownByItsSuperclass() {
        SourceText superclass =
                new SourceText(
                        "junit/framework/TestCase.java",
                        "package junit.framework; public class TestCase {}");
        String test = "public Coroutine<Void> testM() { return Coroutine.done(); }";
        assertThat(said(" extends junit.framework.TestCase", test, superclass))
                .extracting(Diagnostic::message)
                .singleElement()
                .satisfies(said -> assertThat(said).contains("test method testM", "Weft.run("));
        assertThat(said("", test, superclass)).isEmpty();
    }

    @Test
    void anAnnotationOfAnotherPackageMeansNothing() {
        assertThat(
                        diagnostics(
                                "@com.acme.Test @Async Coroutine<Void> m() {"
                                        + " return Coroutine.done(); }",
                                annotation("com.acme.Test")))
                .isEmpty();
    }

    @Test
    void aCoroutineOfAMockIsNotDropped() {
        assertThat(
                        onMock(
                                """
                                verify(mock).total(any());
                                verify(mock).total(x.isEmpty() ? "a" : "b");
                                doReturn(null).when(mock).total("a");
                                when(mock.total("a")).thenReturn(null);
                                order.verify(mock).total(x + 1);
                                statics.when(() -> real("a"));
                                statics.when(A::none);
                                """))
                .isEmpty();
    }

    @Test
    void aCoroutineOfTheNextStatementIsDropped() {
        assertThat(onMock("verify(mock).total(any());\nreal(any());\n"))
                .extracting(Diagnostic::line)
                .containsExactly(4);
    }

    private static List<Diagnostic> onMock(String statements) {
        return diagnostics(
                "interface Prices { Coroutine<Void> total(String x); }"
                        + " static Coroutine<Void> real(String x) { return null; }"
                        + " static Coroutine<Void> none() { return null; }"
                        + " void m(Prices mock, String x, InOrder order, MockedStatic statics) {\n"
                        + statements
                        + "}",
                new SourceText("org/mockito/Mockito.java", MOCKITO));
    }

    private static SourceText annotation(String name) {
        int end = name.lastIndexOf('.');
        return new SourceText(
                name.replace('.', '/') + ".java",
                "package "
                        + name.substring(0, end)
                        + "; public @interface "
                        + name.substring(end + 1)
                        + " {}");
    }

    private static List<Diagnostic> diagnostics(String members, SourceText... others) {
        return said("", members, others);
    }

    /** Returns the diagnostics about a class; its members begin in line 2. */
    private static List<Diagnostic> said(String header, String members, SourceText... others) {
        List<SourceText> sources = new ArrayList<>(List.of(others));
        boolean mocks = others[0].path().contains("mockito");
        sources.add(
                new SourceText(
                        "A.java",
                        "import dev.weft.*; import static dev.weft.Weft.*;"
                                + (mocks ? "import static org.mockito.Mockito.*;" : "")
                                + " class A"
                                + header
                                + " {\n"
                                + members
                                + "\n}"));
        return new AsyncCompiler(Options.defaults())
                .compile(Toolchain.JAVAC.compile(sources).get("A"))
                .diagnostics();
    }
}
