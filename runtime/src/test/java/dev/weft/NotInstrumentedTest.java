package dev.weft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

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
                                                "await at dev\\.weft\\.NotInstrumentedTest\\..*\\(NotInstrumentedTest\\.java:15\\): "
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
}
