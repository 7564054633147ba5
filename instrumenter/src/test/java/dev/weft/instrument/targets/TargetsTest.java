package dev.weft.instrument.targets;

import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;

import dev.weft.instrument.Options;
import dev.weft.instrument.support.BothWays;
import dev.weft.instrument.support.SourceText;
import dev.weft.instrument.support.Toolchain;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/**
 * A compiled method behaves as if {@code await} were a blocking call: each case of the files below
 * {@code resources/targets}, from every compiler, for every outcome of the awaits.
 */
class TargetsTest {
    @TestFactory
    Stream<DynamicNode> behaveAsIfAwaitWereABlockingCall() {
        return Toolchain.available().stream()
                .map(
                        toolchain ->
                                dynamicContainer(
                                        toolchain.name(), cases(toolchain, Options.defaults())));
    }

    @TestFactory
    Stream<DynamicNode> behaveTheSameWithTheDebugOption() {
        return cases(Toolchain.JAVAC, new Options(true, Set.of()));
    }

    @TestFactory
    Stream<DynamicNode> behaveTheSameWithoutDirectCalls() {
        return cases(Toolchain.JAVAC, Options.defaults().withoutDirectCalls());
    }

    @TestFactory
    Stream<DynamicNode> behaveTheSameInTheCoverageShape() {
        return cases(Toolchain.JAVAC, Options.defaults().withCoverage(true));
    }

    @TestFactory
    Stream<DynamicNode> behaveTheSameInTheCoverageShapeFromOtherCompilers() {
        return Stream.of(Toolchain.ECJ_NO_DEBUG, Toolchain.JAVAC_NEWEST)
                .filter(Toolchain.available()::contains)
                .map(
                        toolchain ->
                                dynamicContainer(
                                        toolchain.name(),
                                        both(
                                                        toolchain,
                                                        new Options(true, Set.of())
                                                                .withCoverage(true))
                                                .fewTests()));
    }

    @TestFactory
    Stream<DynamicNode> behaveTheSameWhenTheTaskIsCancelledAtAnAwait() {
        BothWays both = both(Toolchain.JAVAC, Options.defaults());
        return both.tests(both::playCancelled);
    }

    @TestFactory
    Stream<DynamicNode> behaveTheSameWhenCancelledWithoutDirectCalls() {
        BothWays both = both(Toolchain.JAVAC, Options.defaults().withoutDirectCalls());
        return both.tests(both::playCancelled);
    }

    private static Stream<DynamicNode> cases(Toolchain toolchain, Options options) {
        return both(toolchain, options).tests();
    }

    private static BothWays both(Toolchain toolchain, Options options) {
        List<SourceText> sources = new ArrayList<>(SourceText.folder("targets"));
        if (toolchain.isJavac()) {
            sources.addAll(SourceText.folder("targets-javac"));
        }
        if (toolchain == Toolchain.JAVAC_NEWEST) {
            sources.addAll(SourceText.folder("targets-25"));
        }
        return new BothWays(toolchain.compile(sources), options);
    }
}
