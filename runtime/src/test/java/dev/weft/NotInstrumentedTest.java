package dev.weft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.weft.compiled.Refusals;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** This class is not compiled by Weft, so its awaits must say so. */
class NotInstrumentedTest {
    @Test
    void anAwaitThatWasNotCompiledNamesItsPlaceAndTheWayOut() {
        assertThatExceptionOfType(NotInstrumentedException.class)
                .isThrownBy(() -> Weft.await(Coroutine.done()))
                .satisfies(
                        e ->
                                assertThat(e.getMessage().lines().findFirst().orElseThrow())
                                        .matches(
                                                "await at dev\\.weft\\.NotInstrumentedTest\\..*\\(NotInstrumentedTest\\.java:16\\): "
                                                        + "class dev\\.weft\\.NotInstrumentedTest was not compiled by Weft\\."))
                .withMessageContaining("<artifactId>weft-maven-plugin</artifactId>")
                .withMessageContaining("mvn process-classes");
    }

    @Test
    void soDoTheAwaitOfAStageAndTheOneThatNamesAnException() {
        assertThatExceptionOfType(NotInstrumentedException.class)
                .isThrownBy(() -> Weft.await(CompletableFuture.completedFuture(1)))
                .withMessageContaining("NotInstrumentedTest");
        assertThatExceptionOfType(NotInstrumentedException.class)
                .isThrownBy(() -> Weft.await(Coroutine.done(), IOException.class))
                .withMessageContaining("NotInstrumentedTest");
    }

    private static final class RefusedByTheAgent {
        private static void waits() {
            Weft.await(Coroutine.done());
        }
    }

    @Test
    void theReasonOfARefusalTakesThePlaceOfTheWayOut() {
        Refusals.add(RefusedByTheAgent.class.getName(), "A.java:[1,1] first\nA.java:[2,1] second");
        assertThatExceptionOfType(NotInstrumentedException.class)
                .isThrownBy(RefusedByTheAgent::waits)
                .withMessageContaining(
                        "Weft has refused to compile class "
                                + RefusedByTheAgent.class.getName()
                                + ":\n  A.java:[1,1] first\n  A.java:[2,1] second\n")
                .withMessageNotContaining("weft-maven-plugin");
    }
}
