package dev.weft.spec.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The settings of the log that docs/blocking.md names, in JVMs of their own. */
@Timeout(60)
class LogSettingsTest {
    @Test
    void thePropertySetsTheLimit() throws IOException {
        assertThat(outputOf(List.of("-Dweft.blocked=20"), Map.of(), "untilLogged"))
                .contains("the event loop is stuck");
    }

    @Test
    void zeroTurnsTheLogOff() throws IOException {
        assertThat(outputOf(List.of("-Dweft.blocked=0"), Map.of())).isEmpty();
    }

    @Test
    void debugModeIsAPropertyOrAnEnvironmentVariable() throws IOException {
        String slowStep = " ms; nothing else ran meanwhile";
        assertThat(outputOf(List.of("-Dweft.debug=true"), Map.of())).contains(slowStep);
        assertThat(outputOf(List.of(), Map.of("WEFT_DEBUG", "1"))).contains(slowStep);
        assertThat(outputOf(List.of(), Map.of("WEFT_DEBUG", "0"))).doesNotContain(slowStep);
    }

    /** Returns the output and the log of a program that blocks its loop. */
    private static String outputOf(
            List<String> options, Map<String, String> environment, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(BlocksItsLoop.class.getName());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().remove("WEFT_DEBUG");
        builder.environment().putAll(environment);
        try (BufferedReader output = builder.start().inputReader()) {
            return output.lines().collect(Collectors.joining("\n"));
        }
    }
}
