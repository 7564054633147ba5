package dev.weft.spec.ending;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Coroutine;
import dev.weft.Runner;
import dev.weft.Weft;
import dev.weft.spec.support.ChildJvm;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rule 31 for {@code Runner.shutdownHook}. */
@Timeout(60)
@DisabledOnOs(OS.WINDOWS)
class ShutdownHookTest {
    private static List<String> outputAfterSigterm(String thread, String hook) throws Exception {
        try (ChildJvm child = ChildJvm.start(ShutdownHookPrograms.class, thread, hook)) {
            child.expect("ready");
            long signalled = System.nanoTime();
            child.signal("TERM");
            List<String> output = child.rest();
            assertThat(child.exitCode()).isEqualTo(143);
            assertThat(Duration.ofNanos(System.nanoTime() - signalled)).isLessThan(ofSeconds(6));
            return output;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"main", "other"})
    void withTheHookASignalCancelsMainAndWaitsUntilTheThreadHasLeftRun(String thread)
            throws Exception {
        assertThat(outputAfterSigterm(thread, "on")).containsExactly("cancelled", "left run");
    }

    @ParameterizedTest
    @ValueSource(strings = {"main", "other"})
    void withoutTheHookASignalEndsTheJvmAndCancelsNothing(String thread) throws Exception {
        assertThat(outputAfterSigterm(thread, "off")).isEmpty();
    }

    @Test
    void theSettingIsRefusedAfterTheLoopWasCreated() {
        try (Runner runner = Weft.runner()) {
            runner.run(Coroutine.done());
            assertThatThrownBy(() -> runner.shutdownHook(true))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageEndingWith("must be called before loop() and run(...)");
        }
    }

    @Test
    void theSettingReturnsTheRunner() {
        try (Runner runner = Weft.runner()) {
            assertThat(runner.shutdownHook(false)).isSameAs(runner);
        }
    }
}
