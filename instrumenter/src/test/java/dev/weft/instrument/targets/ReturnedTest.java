package dev.weft.instrument.targets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.weft.instrument.support.BothWays;
import dev.weft.instrument.support.SourceText;
import dev.weft.instrument.support.Toolchain;
import dev.weft.instrument.support.Verification;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/**
 * Methods that return coroutines from a try behave as if {@code await} were a blocking call. These
 * cases are not among the targets, because a debugger can see in them that a coroutine runs later.
 */
class ReturnedTest {
    @TestFactory
    Stream<DynamicNode> behaveAsIfAwaitWereABlockingCall() {
        return Toolchain.available().stream()
                .map(toolchain -> dynamicContainer(toolchain.name(), cases(toolchain)));
    }

    private static Stream<DynamicNode> cases(Toolchain toolchain) {
        List<SourceText> sources = new ArrayList<>(SourceText.folder("returned"));
        SourceText.folder("targets").stream()
                .filter(source -> source.path().equals("Steps.java"))
                .forEach(sources::add);
        BothWays both = new BothWays(toolchain.compile(sources));
        DynamicNode accepted =
                dynamicTest(
                        "are accepted without a word",
                        () -> assertThat(both.diagnostics()).isEmpty());
        DynamicNode verified =
                dynamicTest(
                        "pass both verifiers",
                        () ->
                                assertThat(
                                                Verification.problems(
                                                        both.woven(), both.compiledLoader()))
                                        .isEmpty());
        return Stream.concat(
                Stream.of(accepted, verified),
                both.cases().stream()
                        .map(which -> dynamicTest(which.toString(), () -> both.play(which))));
    }
}
