package dev.weft.spec.ending;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Rules 31 and 34, seen from outside a JVM: signals, {@code System.exit}, and what is loaded. */
@Timeout(60)
@DisabledOnOs(OS.WINDOWS)
class EndOfTheJvmTest {
    @Test
    void sigtermCancelsMainEndsTheOthersAndThenTheJvm() throws Exception {
        Child child = new Child("waits");
        child.expect("ready");
        child.signal("TERM");

        assertThat(child.rest())
                .startsWith("main: shut down", "main cleaned up", "other: shut down");
        assertThat(child.exitCode()).isEqualTo(143);
    }

    @Test
    void sigintDoesTheSame() throws Exception {
        Child child = new Child("waits");
        child.expect("ready");
        child.signal("INT");

        assertThat(child.rest())
                .startsWith("main: shut down", "main cleaned up", "other: shut down");
        assertThat(child.exitCode()).isEqualTo(130);
    }

    @Test
    void aSignalEndsTheTasksOfARunnerToo() throws Exception {
        Child child = new Child("waitsInRunner");
        child.expect("ready");
        child.signal("TERM");

        assertThat(child.rest())
                .startsWith("main: shut down", "main cleaned up", "other: shut down");
        assertThat(child.exitCode()).isEqualTo(143);
    }

    @Test
    void exitInsideATaskDoesNotHang() throws Exception {
        Child child = new Child("exits");

        assertThat(child.rest()).containsExactly("hook");
        assertThat(child.exitCode()).isEqualTo(3);
    }

    @Test
    void exitOnAnotherThreadEndsTheLoopFirst() throws Exception {
        Child child = new Child("exitsElsewhere");

        assertThat(child.rest())
                .startsWith("main: shut down", "main cleaned up", "other: shut down");
        assertThat(child.exitCode()).isEqualTo(3);
    }

    @Test
    void aLoopWithoutChannelsLoadsNoSelector() throws Exception {
        Child child = new Child("sleeps", "-Xlog:class+load");

        assertThat(child.rest())
                .anyMatch(line -> line.contains("dev.weft.EventLoop"))
                .noneMatch(line -> line.contains("Selector"));
        assertThat(child.exitCode()).isZero();
    }

    @Test
    void aProgramLoadsNoCallbackOrCancellationThatItDoesNotUse() throws Exception {
        Child child = new Child("sleeps", "-Xlog:class+load");

        assertThat(child.rest())
                .anyMatch(line -> line.contains("dev.weft.Sleep "))
                .noneMatch(
                        line ->
                                line.matches(
                                        ".*dev\\.weft\\.(Callback|Handle|Ready|Request|StandIn) .*"));
        assertThat(child.exitCode()).isZero();
    }

    /** A JVM that runs one of the programs of {@link Programs}. */
    private static final class Child {
        private final Process process;
        private final BufferedReader output;

        Child(String program, String... options) throws IOException {
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.add("-XX:TieredStopAtLevel=1");
            command.addAll(List.of(options));
            command.addAll(
                    List.of(
                            "-cp",
                            System.getProperty("java.class.path"),
                            Programs.class.getName(),
                            program));
            process =
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            output = process.inputReader(StandardCharsets.UTF_8);
        }

        /** By kill(1): {@link Process#destroy} closes the streams. */
        void signal(String name) throws IOException, InterruptedException {
            new ProcessBuilder("kill", "-" + name, "" + process.pid()).start().waitFor();
        }

        void expect(String line) throws IOException {
            assertThat(output.readLine()).isEqualTo(line);
        }

        List<String> rest() {
            return output.lines().toList();
        }

        int exitCode() throws InterruptedException {
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        }
    }
}
