package dev.weft.instrument.debugging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.weft.instrument.Options;
import dev.weft.instrument.debugging.Recording.Hit;
import dev.weft.instrument.support.BothWays;
import dev.weft.instrument.support.BothWays.Case;
import dev.weft.instrument.support.SourceText;
import dev.weft.instrument.support.Toolchain;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Breakpoints on every line of the files below {@code resources/targets}. A debugger stops in the
 * compiled classes as if {@code await} were a blocking call: at the same lines in the same order,
 * with the same variables, whether awaits suspend, finish at once or fail.
 */
class BreakpointsTest {
    /**
     * In the stand-in a coroutine runs when a call makes the coroutine, and null has no meaning.
     */
    private static final Set<String> OF_ANOTHER_ORDER =
            Set.of(
                    "Ints.throughGenericMethods",
                    "Lambdas.fromPlainMethod",
                    "Lambdas.nested",
                    "Lambdas.withBlock",
                    "Tails.ofSwitch",
                    "Tails.nothingInTry");

    /** Ends only where the steps' outcomes differ. */
    private static final String ENDLESS = "Loops.returnsFromInside";

    private static Recording expected;
    private static Recording debug;
    private static Recording plain;

    @BeforeAll
    static void recordWhatTheDebuggerSees(@TempDir Path folder) {
        List<SourceText> sources = new ArrayList<>(SourceText.folder("targets"));
        sources.addAll(SourceText.folder("debugged"));
        Map<String, byte[]> classes = Toolchain.JAVAC.compile(sources);
        List<Case> cases =
                new BothWays(classes).cases().stream().filter(BreakpointsTest::comparable).toList();
        expected = Recording.of(Program.blocking(classes, folder.resolve("blocking")), cases);
        debug =
                Recording.of(
                        Program.compiled(
                                classes, new Options(true, Set.of()), folder.resolve("debug")),
                        cases);
        plain =
                Recording.of(
                        Program.compiled(classes, Options.defaults(), folder.resolve("plain")),
                        cases);
    }

    private static boolean comparable(Case target) {
        String name = target.toString();
        return !OF_ANOTHER_ORDER.contains(name) && !name.equals(ENDLESS);
    }

    @TestFactory
    Stream<DynamicTest> eachLineStopsOnceWheneverItIsReached() {
        return each(plain, (hits, is) -> assertThat(places(is)).isEqualTo(places(hits)));
    }

    @TestFactory
    Stream<DynamicTest> eachLineStopsOnceWheneverItIsReachedWithOptionDebug() {
        return each(debug, (hits, is) -> assertThat(places(is)).isEqualTo(places(hits)));
    }

    @TestFactory
    Stream<DynamicTest> allVariablesInScopeShowTheirValuesWithOptionDebug() {
        return each(debug, (hits, is) -> assertThat(is).isEqualTo(hits));
    }

    @TestFactory
    Stream<DynamicTest> theVariablesThatAreShownShowTheirValues() {
        return each(
                plain,
                (hits, is) -> {
                    for (int i = 0; i < Math.min(hits.size(), is.size()); i++) {
                        assertThat(hits.get(i).variables())
                                .as(hits.get(i).place())
                                .containsAllEntriesOf(is.get(i).variables());
                    }
                });
    }

    private static Stream<DynamicTest> each(
            Recording recording, BiConsumer<List<Hit>, List<Hit>> comparison) {
        return expected.byRun().keySet().stream()
                .map(
                        run ->
                                dynamicTest(
                                        run,
                                        () ->
                                                comparison.accept(
                                                        expected.byRun().get(run),
                                                        recording.byRun().get(run))));
    }

    private static List<String> places(List<Hit> hits) {
        return hits.stream().map(Hit::place).toList();
    }
}
