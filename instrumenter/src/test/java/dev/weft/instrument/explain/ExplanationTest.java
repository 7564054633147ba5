package dev.weft.instrument.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.weft.instrument.explain.AwaitState.How;
import dev.weft.instrument.explain.AwaitState.Saved;
import dev.weft.instrument.explain.Explanation.Detail;
import dev.weft.instrument.explain.MethodStates.Loop;
import dev.weft.instrument.explain.MethodStates.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExplanationTest {
    private final Explanation orders = Explained.asWritten(Explained.ORDERS);
    private final MethodStates total = orders.methods().get(0);
    private final MethodStates price = orders.methods().get(1);

    @Test
    void eachAwaitHasItsLineAndTheCallThatIsAwaited() {
        assertThat(total.awaits())
                .extracting(AwaitState::line, AwaitState::callee, AwaitState::how)
                .containsExactly(
                        tuple(9, "A.price", How.DIRECT), tuple(11, "Weft.sleep", How.AWAIT));
    }

    @Test
    void eachSavedValueNamesTheLinesThatUseItLater() {
        assertThat(total.awaits().get(0).saved())
                .containsExactly(
                        new Saved("this", "A", List.of(9)),
                        new Saved("sum", "int", List.of(9, 14)),
                        new Saved("(unnamed)", "Iterator", List.of(7)));
    }

    @Test
    void aValueThatNoLaterLineReadsIsNotSaved() {
        assertThat(total.awaits().get(0).saved())
                .extracting(Saved::name)
                .doesNotContain("shipping", "items", "item");
    }

    @Test
    void theStepsShowLoopsFailuresAndTheEnd() {
        assertThat(total.from(0)).contains(new Step(0, 1, false), new Step(0, Step.END, false));
        assertThat(total.from(1))
                .contains(
                        new Step(1, 1, false), new Step(1, 2, true), new Step(1, Step.END, false));
        assertThat(total.from(1)).filteredOn(Step::isBack).hasSize(1);
    }

    @Test
    void aLoopNamesItsLinesAndItsStates() {
        assertThat(total.loops()).containsExactly(new Loop(7, 13, List.of(1, 2)));
    }

    @Test
    void aLoopWithoutAnAwaitHasNoStates() {
        String text =
                "import dev.weft.*; class A { @Async Coroutine<Void> m(int n) {"
                        + " while (n > 0) { n--; } return Coroutine.done(); } }";

        assertThat(Explained.asWritten(text).methods().get(0).loops())
                .containsExactly(new Loop(1, 1, List.of()));
    }

    @Test
    void tailCallsAreToldApartByTheirCost() {
        assertThat(price.awaits()).isEmpty();
        assertThat(price.tailCalls())
                .containsExactly(
                        new MethodStates.TailCall(18, "A.other", false),
                        new MethodStates.TailCall(20, "A.price", true));
    }

    @Test
    void theSizesAreThoseOfTheClassFiles() {
        Sizes sizes = total.sizes();

        assertThat(sizes.before()).isPositive();
        assertThat(sizes.body()).isGreaterThan(sizes.before());
        assertThat(sizes.method()).isLessThan(sizes.before());
        assertThat(sizes.frame()).isGreaterThanOrEqualTo(32).matches(size -> size % 8 == 0);
    }

    @Test
    void theVerdictFollowsTheLimitsOfHotSpot() {
        assertThat(new Sizes(1, 325, 1, 24).verdict()).contains("compiled and inlined");
        assertThat(new Sizes(1, 326, 1, 24).verdict()).contains("not inlined");
        assertThat(new Sizes(1, 8000, 1, 24).verdict()).contains("compiled when hot");
        assertThat(new Sizes(1, 8001, 1, 24).verdict()).contains("never compiled");
    }

    @Test
    void aCompiledClassIsExplainedInPart() {
        Explanation compiled = Explained.afterCompilation(Explained.ORDERS);

        assertThat(compiled.detail()).isEqualTo(Detail.PARTIAL);
        assertThat(compiled.note()).startsWith("compiled already:");
        MethodStates part = compiled.methods().get(0);
        assertThat(part.sizes().body()).isEqualTo(total.sizes().body());
        assertThat(part.sizes().frame()).isEqualTo(total.sizes().frame());
        assertThat(part.awaits()).extracting(AwaitState::line).containsExactly(9, 11);
    }

    @Test
    void aRefusedClassSaysWhy() {
        Explanation refused =
                Explained.asWritten("import dev.weft.*; class A {\n@Async int m() { return 1; } }");

        assertThat(refused.detail()).isEqualTo(Detail.NONE);
        assertThat(refused.note()).startsWith("not compiled: line 2: @Async method m returns int");
    }

    @Test
    void aClassWithoutAsyncCodeSaysSo() {
        assertThat(Explained.asWritten("class A {}").note()).isEqualTo("no async methods");
    }

    @Test
    void withoutDebugInformationThereAreNoNamesAndNoLines() {
        MethodStates bare = Explained.withoutDebugInformation(Explained.ORDERS).methods().get(0);

        assertThat(bare.firstLine()).isZero();
        assertThat(bare.awaits().get(0).line()).isZero();
        assertThat(bare.awaits().get(0).saved().get(1).reason()).isEqualTo("used later");
        for (Format format : Format.values()) {
            Explanation whole = Explained.withoutDebugInformation(Explained.ORDERS);
            assertThat(format.render(whole, List.of())).doesNotContain("line 0");
        }
    }

    @Test
    void aMethodIsChosenTogetherWithItsLambdas() {
        String text =
                "import static dev.weft.Weft.await; import dev.weft.*; class A {"
                        + " @Async Coroutine<Void> m() { await(Weft.gather()); return Coroutine.done(); }"
                        + " AsyncCallable<Integer> n(Coroutine<Integer> c) {"
                        + " return () -> Coroutine.of(await(c)); } }";
        Explanation both = Explained.asWritten(text);

        assertThat(both.methods()).hasSize(2);
        assertThat(both.ofMethod("n").methods())
                .extracting(MethodStates::title)
                .containsExactly("a lambda in n");
        assertThat(both.ofMethod("").methods()).hasSize(2);
    }

    @Test
    void aMethodOfManyAwaitsIsExplainedInTime() {
        MethodStates large = ofManyAwaits(300, "s");

        assertThat(large.awaits()).hasSize(300);
    }

    @Test
    void aMethodThatIsTooLargeSaysWhatIsLeftOut() {
        String limit =
                "the method is too large for a complete search, which stops after 500000 blocks of"
                        + " code: ";

        assertThat(total.note()).isEmpty();
        assertThat(ofManyAwaits(450, "s").note())
                .matches(limit + "ways between states from state \\d+ on may be missing");
        assertThat(ofManyAwaits(450, "s + n + o + p + q").note())
                .matches(
                        limit
                                + "lines that use the values saved from state \\d+ on, and ways"
                                + " between states from the start on may be missing");
    }

    /** Explains a loop around a switch whose every case awaits. */
    private static MethodStates ofManyAwaits(int cases, String result) {
        StringBuilder text =
                new StringBuilder(
                        "import static dev.weft.Weft.await; import dev.weft.*; class A { @Async"
                                + " Coroutine<Integer> m(Coroutine<Integer> c, int n, int o, int p, int q)"
                                + " { int s = 0; while (s >= 0) { switch (n) {\n");
        for (int i = 0; i < cases; i++) {
            text.append("case ").append(i).append(": s += await(c); break;\n");
        }
        text.append("} } return Coroutine.of(" + result + "); } }");
        return Explained.asWritten(text.toString()).methods().get(0);
    }

    @Test
    void aMethodOfManyLoopsSaysHowManyAreListed() {
        String text =
                "import dev.weft.*; class A { @Async Coroutine<Void> m(int n) {"
                        + " while (n > 0) { n--; }".repeat(201)
                        + " return Coroutine.done(); } }";

        MethodStates method = Explained.asWritten(text).methods().get(0);

        assertThat(method.loops()).hasSize(200);
        assertThat(method.note()).isEqualTo("only the first 200 of 201 loops are listed");
    }
}
