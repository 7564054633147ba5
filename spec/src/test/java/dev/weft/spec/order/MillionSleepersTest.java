package dev.weft.spec.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What a parked task costs, and that they wake in order however many they are. */
class MillionSleepersTest {
    @Test
    void aMillionSleepersFitInto150MegabytesAndWakeInTheOrderOfTheirDeadlines() throws Exception {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx150m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                MillionSleepers.class.getName())
                        .redirectErrorStream(true)
                        .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(output.strip()).isEqualTo("1000000 woke in order");
        assertThat(process.waitFor()).isZero();
    }
}
