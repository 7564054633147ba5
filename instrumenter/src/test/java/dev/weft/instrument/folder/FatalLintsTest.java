package dev.weft.instrument.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.instrument.Lint;
import java.util.List;
import org.junit.jupiter.api.Test;

class FatalLintsTest {

    @Test
    void noNameIsNoLint() {
        assertThat(FatalLints.parse(List.of())).isEmpty();
    }

    @Test
    void lintsAreNamedInLowerCaseWithHyphens() {
        assertThat(FatalLints.parse(List.of("dropped-coroutine", " blocking-call")))
                .containsExactlyInAnyOrder(Lint.DROPPED_COROUTINE, Lint.BLOCKING_CALL);
    }

    @Test
    void allIsEveryLint() {
        assertThat(FatalLints.parse(List.of("huge-method", "all")))
                .containsExactlyInAnyOrder(Lint.values());
    }

    @Test
    void anUnknownNameIsAnsweredWithTheKnownOnes() {
        assertThatThrownBy(() -> FatalLints.parse(List.of("dropped")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"dropped\"")
                .hasMessageContaining(
                        "all, dropped-coroutine, blocking-call,"
                                + " uncaught-coroutine, huge-method");
    }
}
