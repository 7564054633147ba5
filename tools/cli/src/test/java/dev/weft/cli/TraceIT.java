package dev.weft.cli;

import static dev.weft.cli.Commands.weft;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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
    @Timeout(120)
    void aFileThatCannotBeWrittenIsRefusedBeforeTheTrace() throws Exception {
        Path file = folder.resolve("absent/trace.json");
        try (LiveProgram shop = LiveProgram.start(JDK, classes, "plain")) {
            Commands refused = weft("trace", shop.pid(), "--seconds", "3600", "-o", file);

            assertThat(refused.status()).isEqualTo(1);
            assertThat(refused.err())
                    .contains("cannot write " + file + ": there is no folder " + file.getParent());
        }
    }

    @Test
    @Timeout(120)
    void aCommandThatIsKilledLeavesNoTraceBehind() throws Exception {
        Path file = folder.resolve("after.json");
        Path temporary = Files.createDirectory(folder.resolve("temporary"));
        String option = "-Djava.io.tmpdir=" + temporary;
        try (LiveProgram shop = LiveProgram.start(JDK, classes, "plain", option)) {
            String pid = Long.toString(shop.pid());
            List<String> command = WeftJar.command(JDK, "trace", pid, "--seconds", "3600");
            Process killed = new ProcessBuilder(command).directory(folder.toFile()).start();
            try {
                while (traces(temporary) == 0) {
                    assertThat(killed.isAlive()).isTrue();
                }
            } finally {
                killed.destroyForcibly().waitFor();
            }
            while (traces(temporary) != 0) {
                Thread.onSpinWait(); // the program hears of the end a moment later
            }
            while (weft("trace", pid, "--seconds", "0", "-o", file).status() != 0) {
                Thread.onSpinWait(); // the trace is forgotten after its file
            }
        }
    }

    private static long traces(Path temporary) throws IOException {
        try (Stream<Path> files = Files.list(temporary)) {
            return files.filter(file -> file.getFileName().toString().startsWith("weft-trace-"))
                    .count();
        }
    }

    @Test
    void wrongUseIsExplained() {
        assertThat(weft("trace", "1", "--seconds", "-1").err())
                .contains("--seconds must be 0 to 3600: -1");
        assertThat(weft("trace", "1", "--spans", "-1").err()).contains("--spans must be");
        assertThat(weft("trace", "999999999").status()).isEqualTo(1);
    }
}
