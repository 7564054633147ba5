package dev.weft.instrument.targets;

import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;

import dev.weft.instrument.support.BothWays;
import dev.weft.instrument.support.SourceText;
import dev.weft.instrument.support.Toolchain;
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
        return new BothWays(toolchain.compile(sources)).tests();
    }
}
