package dev.weft.spec.debugging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.spec.support.ChildJvm;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rule 37: the switches of the checks for slow steps, each in a JVM of its own. */
@Timeout(60)
@Tag("slow")
class BlockedLoopTest {
    private static List<String> logOf(List<String> options, String... arguments) throws Exception {
        return logOf(options, Map.of(), arguments);
    }

    private static List<String> logOf(
            List<String> options, Map<String, String> environment, String... arguments)
            throws Exception {
        try (ChildJvm child =
                ChildJvm.start(options, environment, BlockedLoopPrograms.class, arguments)) {
            List<String> log = child.rest();
            assertThat(child.exitCode()).isZero();
            return log;
        }
    }

    @Test
    void aStepThatBlocksTheLoopForMoreThanASecondIsLoggedOnceWithItsTaskAndTheLiveStack()
            throws Exception {
        List<String> log = logOf(List.of(), "blocks", "2600");

        assertThat(log).filteredOn(line -> line.contains("blocking task")).hasSize(1);
        assertThat(log).anyMatch(line -> line.contains("stack: busyFor"));
    }

    @Test
    void twoStepsThatBlockAreLoggedOnceEach() throws Exception {
        assertThat(logOf(List.of(), "blocks", "1300", "1300"))
                .filteredOn(line -> line.contains("blocking task"))
                .hasSize(2);
    }

    @Test
    void aStepOfHalfASecondIsNotLogged() throws Exception {
        assertThat(logOf(List.of(), "blocks", "500")).isEmpty();
    }

    @Test
    void anIdleLoopIsNotLogged() throws Exception {
        assertThat(logOf(List.of(), "sleeps", "2500")).isEmpty();
    }

    @Test
    void zeroSwitchesTheCheckOff() throws Exception {
        assertThat(logOf(List.of("-Dweft.blocked=0"), "blocks", "1600")).isEmpty();
    }

    @Test
    void theSystemPropertySwitchesDebugModeOn() throws Exception {
        assertThat(logOf(List.of("-Dweft.debug=true"), "blocks", "200"))
                .anyMatch(line -> line.contains("blocking task"));
    }

    @Test
    void theEnvironmentVariableSwitchesDebugModeOn() throws Exception {
        assertThat(logOf(List.of(), Map.of("WEFT_DEBUG", "1"), "blocks", "200"))
                .anyMatch(line -> line.contains("blocking task"));
    }
}
