package dev.weft.instrument.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.instrument.support.Toolchain;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.Remapper;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/** Which methods are compiled. */
class MethodsTest {
    @Test
    void annotatedMethodsAreBodiesEvenIfTheyNeverAwait() {
        assertThat(bodies("@Async Coroutine<Void> m() { return Coroutine.done(); }"))
                .containsExactly("m");
    }

    @Test
    void abstractMethodsAreNone() {
        assertThat(bodies("@Async abstract Coroutine<Void> m();")).isEmpty();
    }

    @Test
    void bridgesAreNoneThoughTheyCarryTheAnnotation() {
        ClassNode node =
                parse(
                        "interface P<T> { Coroutine<Void> m(T t); }"
                                + " static class Q implements P<String> {"
                                + " @Async public Coroutine<Void> m(String s) {"
                                + " return Coroutine.done(); } }",
                        "A$Q");
        assertThat(node.methods.stream().filter(Methods::isAsync)).hasSize(2);
        assertThat(new Methods(node).bodies())
                .singleElement()
                .satisfies(method -> assertThat(method.desc).contains("String"));
    }

    @Test
    void lambdasThatAwaitAreBodiesAndOthersAreNone() {
        assertThat(
                        bodies(
                                "AsyncCallable<Integer> a = () -> Coroutine.of(await(x));"
                                        + " AsyncCallable<Integer> b = () -> Coroutine.of(1);"
                                        + " static Coroutine<Integer> x;"))
                .singleElement()
                .asString()
                .startsWith("lambda$");
    }

    @Test
    void lambdasThatReturnSomethingElseAreNone() {
        assertThat(
                        bodies(
                                "java.util.function.Supplier<Integer> a = () -> await(x);"
                                        + " static Coroutine<Integer> x;"))
                .isEmpty();
    }

    @Test
    @EnabledForJreRange(
            max = JRE.JAVA_17,
            disabledReason = "a later javac leaves out the lambda as well")
    void aSerializableLambdaIsABodyEvenIfJavacLeavesOutTheDeadCodeThatMakesIt() {
        assertThat(
                        bodies(
                                "static Coroutine<Integer> x; static AsyncCallable<Integer> m() {"
                                        + " return true ? null : () -> Coroutine.of(await(x)); }"))
                .isNotEmpty()
                .allMatch(name -> name.startsWith("lambda$"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"m$lambda$", "m$lambda-"})
    void aLambdaOfKotlinIsABodyThoughItIsNotSynthetic(String name) {
        ClassNode node =
                parse(
                        "static Coroutine<Integer> x; AsyncCallable<Integer> m() {"
                                + " return () -> Coroutine.of(await(x)); }",
                        "A");
        ClassNode kotlin = new ClassNode();
        node.accept(new ClassRemapper(kotlin, renaming("lambda$m$", name)));
        for (MethodNode method : kotlin.methods) {
            method.access &= ~Opcodes.ACC_SYNTHETIC;
        }
        assertThat(new Methods(kotlin).bodies())
                .singleElement()
                .satisfies(method -> assertThat(method.name).startsWith(name));
    }

    @Test
    void aPrivateMethodThatTheSourceRefersToIsNone() {
        assertThat(
                        bodies(
                                "static Coroutine<Integer> x; AsyncCallable<Integer> m() {"
                                        + " return A::plain; }"
                                        + " private static Coroutine<Integer> plain() {"
                                        + " return Coroutine.of(await(x)); }"))
                .isEmpty();
    }

    private static Remapper renaming(String from, String to) {
        return new Remapper(Opcodes.ASM9) {
            @Override
            public String mapMethodName(String owner, String name, String descriptor) {
                return name.replace(from, to);
            }
        };
    }

    @Test
    void anotherLibrarysAnnotationIsNamed() {
        ClassNode node =
                parse("@interface Async {} @A.Async Coroutine<Void> m() { return null; }", "A");
        MethodNode method =
                node.methods.stream().filter(m -> m.name.equals("m")).findFirst().orElseThrow();
        assertThat(Methods.foreignAsync(method)).isEqualTo("A.Async");
        assertThat(Methods.isAsync(method)).isFalse();
    }

    private static List<String> bodies(String members) {
        return new Methods(parse(members, "A")).bodies().stream().map(m -> m.name).toList();
    }

    private static ClassNode parse(String members, String name) {
        String text =
                "import dev.weft.*; import static dev.weft.Weft.*; abstract class A { "
                        + members
                        + " }";
        ClassNode node = new ClassNode();
        new ClassReader(Toolchain.JAVAC.compile(text, name)).accept(node, 0);
        return node;
    }
}
