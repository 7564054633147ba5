package dev.weft.spec.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.spec.support.ChildJvm;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rules 1 and 7 with a million tasks, in a JVM with little memory. */
class MillionSleepersTest {
    @Test
    void aMillionSleepersFitInto150MegabytesAndWakeInTheOrderOfTheirDeadlines() throws Exception {
        List<String> options = List.of("-Xmx150m", "-XX:TieredStopAtLevel=4");
        try (ChildJvm child = ChildJvm.start(options, MillionSleepers.class)) {
            assertThat(child.rest()).containsExactly("1000000 woke in order");
            assertThat(child.exitCode()).isZero();
        }
    }
}
