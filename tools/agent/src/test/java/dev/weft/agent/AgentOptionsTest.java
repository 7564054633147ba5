package dev.weft.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.weft.instrument.Lint;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgentOptionsTest {

    @Test
    void withoutOptionsEveryLintWarns() {
        assertThat(AgentOptions.parse("")).isEqualTo(new AgentOptions(false, Set.of(), List.of()));
    }

    @Test
    void commasSeparateOptionsAndPlusesLints() {
        String options =
                "debug=true, failOn=huge-method+blocking-call,sources=a" + File.pathSeparator;
        assertThat(AgentOptions.parse(options + "b"))
                .isEqualTo(
                        new AgentOptions(
                                true,
                                Set.of(Lint.HUGE_METHOD, Lint.BLOCKING_CALL),
                                List.of(Path.of("a"), Path.of("b"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Debug=true", "verbose", "debug", "debug=yes", "failOn=", "failOn=x"})
    void theMessageForAnInvalidOptionListsTheValidOnes(String options) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AgentOptions.parse(options))
                .withMessageStartingWith("weft-agent: ")
                .withMessageContaining(
                        "Valid options: debug=true|false, failOn=LINT+LINT..., sources=");
    }
}
