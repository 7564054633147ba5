package dev.weft.instrument.leaks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.weft.instrument.Options;
import dev.weft.instrument.support.NotInDebuggerMode;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * A suspended coroutine keeps no object alive that the source does not read again, and an ended
 * coroutine keeps no object alive: the cases below {@code resources/leaks}.
 */
@NotInDebuggerMode
class LeaksTest {
    @TestFactory
    Stream<DynamicTest> nothingIsKeptThatIsNotReadAnyMore() {
        Watched watched = new Watched(Options.defaults());
        return watched.cases().stream()
                .map(name -> dynamicTest(name, () -> assertThat(watched.play(name)).isEmpty()));
    }

    @Test
    void optionDebugKeepsWhatIsInScope() {
        Watched watched = new Watched(new Options(true, Set.of()));

        assertThat(watched.play("Variables.localVariables"))
                .contains("a variable that is read before the await is kept alive while parked (1)")
                .noneMatch(problem -> problem.contains("ended"));
    }
}
