package dev.weft.instrument.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.instrument.model.Value;
import dev.weft.instrument.support.Toolchain;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/** The facts about the method {@code m}. */
class MethodFactsTest {
    @Test
    void typesUnderAnAwaitAreExact() {
        MethodFacts facts =
                facts(
                        "static Object m(String[] s, long n) {"
                                + " return new Object[] {s[0], n + (Long) await(x)}; }");
        assertThat(types(facts.stops().awaits().get(0).stack()))
                .containsSubsequence("[Ljava/lang/Object;", "LONG", "dev/weft/Coroutine");
    }

    @Test
    void onlyWhatIsReadLaterIsLive() {
        MethodFacts facts =
                facts("static int m(int a, int b) { int c = a; await(x); c = b; return c; }");
        assertThat(facts.liveness().before(facts.stops().awaits().get(0).index()).toString())
                .isEqualTo("{1}");
    }

    @Test
    void whatAHandlerReadsIsLiveInItsWholeRange() {
        MethodFacts facts =
                facts(
                        "static int m(int a) { int c = 1;"
                                + " try { await(x); c = 2; await(x); }"
                                + " catch (RuntimeException e) { return c; } return a; }");
        assertThat(facts.stops().awaits())
                .allSatisfy(
                        await ->
                                assertThat(facts.liveness().before(await.index()).get(1)).isTrue());
    }

    @Test
    void everythingIsLiveForADebugger() {
        MethodFacts facts = facts("static int m(int a, int b) { await(x); return b; }", true);
        assertThat(facts.liveness().before(facts.stops().awaits().get(0).index()).get(0)).isTrue();
    }

    @Test
    void anObjectAroundAnAwaitIsUnfinishedAndItsConstructorCallIsKnown() {
        MethodFacts facts =
                facts("static Object m() { return new StringBuilder((String) await(x)); }");
        assertThat(facts.unfinished().allocations()).hasSize(1);
        assertThat(facts.unfinished().constructions()).hasSize(1);
    }

    @Test
    void anObjectThatIsCompleteBeforeTheAwaitStaysAsItIs() {
        MethodFacts facts =
                facts("static Object m() { Object o = new Object(); await(x); return o; }");
        assertThat(facts.unfinished().allocations()).isEmpty();
    }

    @Test
    void aMonitorIsHeldInItsBlockAndNotBehindIt() {
        MethodFacts facts =
                facts(
                        "static void m(Object l) { await(x);"
                                + " synchronized (l) { await(x); }"
                                + " await(x); }");
        assertThat(facts.stops().awaits().stream().map(a -> facts.monitors().isHeldAt(a.index())))
                .containsExactly(false, true, false);
    }

    @Test
    void aMonitorIsNotHeldInTheHandlerAroundItsBlock() {
        MethodFacts facts =
                facts(
                        "static void m(Object l) {"
                                + " try { synchronized (l) { l.hashCode(); } }"
                                + " catch (RuntimeException e) { await(x); } }");
        assertThat(facts.monitors().isHeldAt(facts.stops().awaits().get(0).index())).isFalse();
    }

    @Test
    void aCoroutineReturnedFromATryBlockIsAwaitedWhereItIsMade() {
        MethodFacts facts =
                facts(
                        "static Coroutine<?> m() {"
                                + " try { return f(); } finally { x = null; } }"
                                + " static Coroutine<?> f() { return x; }");
        assertThat(facts.stops().returns()).hasSize(1);
    }

    @Test
    void storingACoroutineInAVariableIsNoUseAndReadingAFieldMakesNone() {
        MethodFacts facts =
                facts(
                        "static Coroutine<?> m(boolean b) {"
                                + " try { Coroutine<?> c; if (b) { c = f(); } else { c = x; }"
                                + " return c; } finally { x = null; } }"
                                + " static Coroutine<?> f() { return x; }");
        assertThat(facts.returned().awaited().cardinality()).isEqualTo(1);
    }

    @Test
    void aCoroutineThatIsUsedIsAwaitedWhereItLeavesTheTryBlock() {
        MethodFacts facts =
                facts(
                        "static Coroutine<?> m() {"
                                + " try { Coroutine<?> c = f(); c.hashCode(); return c; }"
                                + " finally { x = null; } }"
                                + " static Coroutine<?> f() { return x; }");
        int awaited = facts.returned().awaited().nextSetBit(0);
        assertThat(facts.code().get(awaited).getOpcode()).isEqualTo(Opcodes.ALOAD);
        assertThat(facts.returned().escaping()).isEmpty();
    }

    @Test
    void aCoroutineThatIsUsedAndLeavesTheTryBlockInAVariableEscapes() {
        MethodFacts facts =
                facts(
                        "static Coroutine<?> m() { Coroutine<?> c;"
                                + " try { c = f(); c.hashCode(); }"
                                + " catch (RuntimeException e) { return x; }"
                                + " return c; }"
                                + " static Coroutine<?> f() { return x; }");
        assertThat(facts.returned().awaited().cardinality()).isZero();
        assertThat(facts.returned().escaping()).hasSize(1);
    }

    @Test
    void aCoroutineThatIsUsedAndReturnedLikeAParameterEscapes() {
        MethodFacts facts =
                facts(
                        "static Coroutine<?> m(Coroutine<?> p, boolean b) {"
                                + " try { Coroutine<?> c = p; if (b) { c = f(); c.hashCode(); }"
                                + " return c; } finally { x = null; } }"
                                + " static Coroutine<?> f() { return x; }");
        assertThat(facts.returned().awaited().cardinality()).isZero();
        assertThat(facts.returned().escaping()).hasSize(1);
    }

    @Test
    void aCoroutineThatIsUsedAfterItHasLeftTheTryBlockEscapes() {
        MethodFacts facts =
                facts(
                        "static Coroutine<?> m() { Coroutine<?> c = null;"
                                + " try { c = f(); c.hashCode(); return c; }"
                                + " finally { c.close(); } }"
                                + " static Coroutine<?> f() { return x; }");
        assertThat(facts.returned().awaited().cardinality()).isZero();
        assertThat(facts.returned().escaping()).hasSize(1);
    }

    @Test
    void aCoroutineThatWasMadeBeforeTheTryBlockIsHandedOver() {
        MethodFacts facts =
                facts(
                        "static Coroutine<?> m() { Coroutine<?> c = f();"
                                + " try { return c; } finally { x = null; } }"
                                + " static Coroutine<?> f() { return x; }");
        assertThat(facts.returned().awaited().cardinality()).isZero();
    }

    @Test
    void aCoroutineThatIsReturnedWhileAMonitorIsHeldIsHandedOver() {
        MethodFacts facts =
                facts(
                        "static Coroutine<?> m(Object l) { synchronized (l) { return f(); } }"
                                + " static Coroutine<?> f() { return x; }");
        assertThat(facts.returned().awaited().cardinality()).isZero();
    }

    private static List<String> types(List<Value> values) {
        List<String> types = new ArrayList<>();
        for (Value value : values) {
            types.add(value.size() == 2 ? "LONG" : value.type.toString());
        }
        return types;
    }

    private static ClassNode read(byte[] file) {
        ClassNode node = new ClassNode();
        new ClassReader(file).accept(node, ClassReader.EXPAND_FRAMES);
        return node;
    }

    private static MethodFacts facts(String members) {
        return facts(members, false);
    }

    private static MethodFacts facts(String members, boolean debug) {
        String text =
                "import dev.weft.*; import static dev.weft.Weft.*; class A {"
                        + " static Coroutine<Object> x; "
                        + members
                        + " }";
        byte[] file = Toolchain.JAVAC.compile(text, "A");
        for (MethodNode method : read(file).methods) {
            if (method.name.equals("m")) {
                return MethodFacts.of("A", new IndexedCode(method), debug);
            }
        }
        throw new AssertionError("no method m");
    }
}
