package dev.weft.instrument.refusals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.instrument.AsyncCompiler;
import dev.weft.instrument.Compiled;
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
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Test methods cannot be async without weft-junit, and calls on mocks of Mockito return no real
 * coroutine.
 */
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

    @TestFactory
    Stream<DynamicTest> methodsOfOneTestMayBeAsyncWithWeftTest() {
        return Stream.of(
                        "org.junit.jupiter.api.Test",
                        "org.junit.jupiter.api.RepeatedTest",
                        "org.junit.jupiter.api.TestTemplate",
                        "org.junit.jupiter.api.BeforeEach",
                        "org.junit.jupiter.api.AfterEach",
                        "org.junit.jupiter.params.ParameterizedTest",
                        "dev.weft.junit.Shuffled")
                .map(name -> DynamicTest.dynamicTest(name, () -> assertAllowed(name)));
    }

    private static void assertAllowed(String annotation) {
        String body = " @Async Coroutine<Void> m() { return Coroutine.done(); }";
        SourceText test = annotation(annotation);
        SourceText weftTest = annotation("dev.weft.junit.WeftTest");
        String onMethod = "@dev.weft.junit.WeftTest @" + annotation + body;
        assertThat(diagnostics(onMethod, test, weftTest)).isEmpty();
        assertThat(diagnosticsInWeftTest("@" + annotation + body, test)).isEmpty();
        assertThat(
                        diagnosticsInWeftTest(
                                "@" + annotation + " void m() { await((Coroutine<Void>) null); }",
                                test))
                .extracting(Diagnostic::message)
                .singleElement()
                .asString()
                .endsWith("let it return Coroutine<Void>, and add @dev.weft.Async");
        assertThat(
                        diagnosticsInWeftTest(
                                "@" + annotation + " Coroutine<Void> m() { return null; }", test))
                .extracting(Diagnostic::message)
                .singleElement()
                .asString()
                .endsWith("let it return Coroutine<Void>, and add @dev.weft.Async");
    }

    @Test
    void methodsOfAllTestsOfAClassAreRefusedWithWeftTestToo() {
        assertThat(
                        diagnosticsInWeftTest(
                                "@org.junit.jupiter.api.BeforeAll @Async Coroutine<Void> m()"
                                        + " { return Coroutine.done(); }",
                                annotation("org.junit.jupiter.api.BeforeAll")))
                .extracting(Diagnostic::message)
                .singleElement()
                .asString()
                .contains("@BeforeAll method m is asynchronous", "Weft.run(");
    }

    @Test
    void withoutWeftTestTheMessageNamesIt() {
        assertThat(
                        diagnostics(
                                "@org.junit.jupiter.api.Test @Async Coroutine<Void> m()"
                                        + " { return Coroutine.done(); }",
                                annotation("org.junit.jupiter.api.Test")))
                .extracting(Diagnostic::message)
                .singleElement()
                .asString()
                .contains("annotate the class A with @dev.weft.junit.WeftTest");
    }

    @TestFactory
    Stream<DynamicTest> anAsyncTestCannotBeUsedInItsClass() {
        return Stream.of(
                        "@Async Coroutine<Void> n() { await(m()); return Coroutine.done(); }",
                        "Coroutine<Void> n() { return m(); }",
                        "AsyncCallable<Void> n() { return this::m; }",
                        "AsyncCallable<Void> n() { return () -> m(); }")
                .map(use -> DynamicTest.dynamicTest(use, () -> assertUseRefused(use)));
    }

    private static void assertUseRefused(String use) {
        assertThat(
                        diagnosticsInWeftTest(
                                "@org.junit.jupiter.api.Test @Async Coroutine<Void> m()"
                                        + " { return Coroutine.done(); }\n"
                                        + use,
                                annotation("org.junit.jupiter.api.Test")))
                .singleElement()
                .satisfies(
                        said -> {
                            assertThat(said.line()).isEqualTo(3);
                            assertThat(said.message())
                                    .contains("a call of the async test method m", "move its body");
                        });
    }

    /** JUnit executes only methods without a result. */
    @Test
    void theCompiledTestReturnsNothingAndPassesItsCoroutineOn() {
        ClassNode node = new ClassNode();
        new ClassReader(
                        compiled(
                                        "@dev.weft.junit.WeftTest ",
                                        "@org.junit.jupiter.api.Test @Async"
                                                + " <T extends Exception> Coroutine<Void> m(int a)"
                                                + " throws T { return Coroutine.done(); }",
                                        annotation("org.junit.jupiter.api.Test"),
                                        annotation("dev.weft.junit.WeftTest"))
                                .classes()
                                .get(0)
                                .bytes())
                .accept(node, 0);

        MethodNode method =
                node.methods.stream().filter(m -> m.desc.equals("(I)V")).findFirst().orElseThrow();
        assertThat(method.name).isEqualTo("m");
        assertThat(method.signature).isEqualTo("<T:Ljava/lang/Exception;>(I)V^TT;");
        assertThat(node.methods).extracting(m -> m.desc).doesNotContain("(I)Ldev/weft/Coroutine;");
        assertThat(method.instructions)
                .filteredOn(MethodInsnNode.class::isInstance)
                .map(MethodInsnNode.class::cast)
                .extracting(call -> call.owner + "." + call.name + call.desc)
                .endsWith("dev/weft/junit/compiled/AsyncTests.run(Ldev/weft/Coroutine;)V");
    }

    private static List<Diagnostic> diagnosticsInWeftTest(String members, SourceText annotation) {
        return compiled(
                        "@dev.weft.junit.WeftTest ",
                        members,
                        annotation,
                        annotation("dev.weft.junit.WeftTest"))
                .diagnostics();
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
                        + "; @java.lang.annotation.Retention("
                        + "java.lang.annotation.RetentionPolicy.RUNTIME) public @interface "
                        + name.substring(end + 1)
                        + " {}");
    }

    private static List<Diagnostic> diagnostics(String members, SourceText... others) {
        return said("", members, others);
    }

    /** Returns the diagnostics about a class; its members begin in line 2. */
    private static List<Diagnostic> said(String header, String members, SourceText... others) {
        return compiled("", "class A" + header, members, others).diagnostics();
    }

    private static Compiled compiled(String annotation, String members, SourceText... others) {
        return compiled(annotation, "class A", members, others);
    }

    private static Compiled compiled(
            String annotation, String header, String members, SourceText... others) {
        List<SourceText> sources = new ArrayList<>(List.of(others));
        boolean mocks = others[0].path().contains("mockito");
        sources.add(
                new SourceText(
                        "A.java",
                        "import dev.weft.*; import static dev.weft.Weft.*;"
                                + (mocks ? "import static org.mockito.Mockito.*;" : "")
                                + " "
                                + annotation
                                + header
                                + " {\n"
                                + members
                                + "\n}"));
        return new AsyncCompiler(Options.defaults())
                .compile(Toolchain.JAVAC.compile(sources).get("A"));
    }
}
