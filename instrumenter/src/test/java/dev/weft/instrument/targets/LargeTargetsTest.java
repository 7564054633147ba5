package dev.weft.instrument.targets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.weft.instrument.support.BothWays;
import dev.weft.instrument.support.SourceText;
import dev.weft.instrument.support.Toolchain;
import dev.weft.instrument.support.Verification;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Large methods behave as their source would if {@code await} were a blocking call. */
class LargeTargetsTest {
    @TestFactory
    Stream<DynamicTest> behaveAsIfAwaitWereABlockingCall() {
        return Stream.of(Toolchain.JAVAC, Toolchain.ECJ).flatMap(LargeTargetsTest::cases);
    }

    private static Stream<DynamicTest> cases(Toolchain toolchain) {
        List<SourceText> sources = new ArrayList<>();
        SourceText.folder("targets").stream()
                .filter(source -> source.path().equals("Steps.java"))
                .forEach(sources::add);
        sources.add(LargeSources.all());
        BothWays both = new BothWays(toolchain.compile(sources));
        DynamicTest verified =
                dynamicTest(
                        toolchain + ": pass both verifiers",
                        () ->
                                assertThat(
                                                Verification.problems(
                                                        both.woven(), both.compiledLoader()))
                                        .isEmpty());
        return Stream.concat(
                Stream.of(verified),
                both.cases().stream()
                        .map(
                                which ->
                                        dynamicTest(
                                                toolchain + ": " + which,
                                                () -> both.playFew(which))));
    }
}
