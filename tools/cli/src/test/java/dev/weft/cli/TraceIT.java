package dev.weft.cli;

import static dev.weft.cli.Commands.weft;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Traces of programs that run in processes of their own. */
@DisabledOnOs(OS.WINDOWS)
class TraceIT {
    private static final Path JDK = Path.of(System.getProperty("java.home"));

    @TempDir private static Path folder;
    private static Path classes;

    @BeforeAll
    static void compile() throws Exception {
        classes = LiveProgram.compile(folder);
    }

    @Test
    void aRunningProgramIsTracedAsJsonAndAsAPage() throws Exception {
        Path json = folder.resolve("trace.json");
        Path page = folder.resolve("page.html");
        try (LiveProgram shop = LiveProgram.start(JDK, classes, "plain")) {
            Commands first = weft("trace", shop.pid(), "--seconds", "1", "-o", json);
            Commands second = weft("trace", shop.pid(), "--seconds", "1", "--html", "-o", page);

            assertThat(first.err() + second.err()).isEmpty();
            assertThat(first.out()).isEqualTo("wrote " + json + "\n");
            assertThat(second.status()).isZero();
        }

        assertThat(Files.readString(json))
                .startsWith("{\"displayTimeUnit\":\"ns\"")
                .contains("\"name\":\"customers\"", "\"ph\":\"X\"")
                .endsWith("]}\n");
        assertThat(Files.readString(page))
                .startsWith("<!DOCTYPE html>")
                .contains("\"customers\"")
                .endsWith("</html>\n");
    }

    @Test
    void aLoopThatIsStuckAllTheTimeDoesNotHoldATraceUp() throws Exception {
        Path json = folder.resolve("stuck.json");
        try (LiveProgram shop = LiveProgram.start(JDK, classes, "hangs")) {
            assertThat(weft("trace", shop.pid(), "--seconds", "0", "-o", json).status()).isZero();
        }

        assertThat(Files.readString(json)).endsWith("]}\n");
    }

    @Test
    void wrongUseIsExplained() {
        assertThat(weft("trace", "1", "--seconds", "-1").err())
                .contains("--seconds must be 0 to 3600: -1");
        assertThat(weft("trace", "1", "--spans", "-1").err()).contains("--spans must be");
        assertThat(weft("trace", "999999999").status()).isEqualTo(1);
    }
}
