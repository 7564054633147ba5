package dev.weft.instrument.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.instrument.support.Toolchain;
import java.util.List;
import org.junit.jupiter.api.Test;
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
        return Parser.parse(Toolchain.JAVAC.compile(text, name)).node();
    }
}
