package dev.weft.spec.seeing;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.Weft;
import dev.weft.spec.support.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The property {@code weft.trace} traces the whole run of a program, however the program ends. */
@Timeout(60)
class TraceAtJvmEndTest {
    @TempDir Path folder;

    /** A program that ends as its argument says. */
    static final class Program {
        private Program() {}

        public static void main(String[] arguments) throws Exception {
            System.setErr(System.out);
            if (arguments[0].equals("long")) {
                limitFiles();
            }
            Weft.run(() -> main(arguments[0]));
        }

        /** Lets a file have 16 KB. */
        private static void limitFiles() throws InterruptedException {
            String self = "--pid=" + ProcessHandle.current().pid();
            try {
                new ProcessBuilder("prlimit", self, "--fsize=16384").start().waitFor();
            } catch (IOException absent) {
                System.out.println("no limits here");
            }
        }

        @Async
        private static Coroutine<Void> main(String end) {
            await(Task.create("worker", () -> sleep(ZERO)));
            if (end.equals("exit")) {
                System.exit(3);
            }
            for (int i = 0; end.equals("long") && i < 1_000; i++) {
                await(sleep(ZERO));
            }
            if (end.equals("signal")) {
                System.out.println("ready");
                try {
                    await(sleep(ofSeconds(1_000)));
                } finally {
                    await(Task.create("clean-up", () -> sleep(ZERO)));
                }
            }
            return Coroutine.done();
        }
    }

    private ChildJvm start(Path file, String end) throws Exception {
        return ChildJvm.start(List.of("-Dweft.trace=" + file), Program.class, end);
    }

    private static List<Map<String, Object>> checked(Path file) throws Exception {
        List<Map<String, Object>> events = TraceRules.events(Files.readString(file));
        assertThat(TraceRules.violationsIn(events)).isEmpty();
        assertThat(events).anyMatch(event -> "worker".equals(event.get("name")));
        return events;
    }

    @Test
    void aProgramThatReturnsIsTraced() throws Exception {
        Path file = folder.resolve("returns.json");
        try (ChildJvm jvm = start(file, "return")) {
            assertThat(jvm.exitCode()).isZero();
        }

        assertThat(checked(file))
                .extracting(event -> String.valueOf(event.get("args")))
                .anyMatch(args -> args.contains("ends=succeeded"));
    }

    @Test
    void aProgramThatExitsInAStepIsTracedUpToThisStep() throws Exception {
        Path file = folder.resolve("exits.json");
        try (ChildJvm jvm = start(file, "exit")) {
            assertThat(jvm.exitCode()).isEqualTo(3);
        }

        assertThat(checked(file))
                .filteredOn(event -> "Task-1".equals(event.get("name")))
                .hasSizeGreaterThan(1);
    }

    @Test
    void aProgramThatIsAskedToEndIsTracedWithItsCleanUp() throws Exception {
        Path file = folder.resolve("signal.html");
        try (ChildJvm jvm = start(file, "signal")) {
            jvm.expect("ready");
            jvm.signal("TERM");
            assertThat(jvm.exitCode()).isNotZero();
        }

        assertThat(Files.readString(file)).contains("\"clean-up\"", "</html>");
    }

    @Test
    void aProgramWhoseTraceCannotBeWrittenSaysSoAndRuns() throws Exception {
        Path file = folder.resolve("absent/trace.json");
        try (ChildJvm jvm = start(file, "return")) {
            assertThat(jvm.rest())
                    .singleElement()
                    .asString()
                    .startsWith("weft: nothing is traced: -Dweft.trace=" + file + ": java.nio");
            assertThat(jvm.exitCode()).isZero();
        }
    }

    @Test
    void aProgramThatIsKilledLeavesAFileWithoutEvents() throws Exception {
        Path file = folder.resolve("killed.json");
        Files.writeString(file, "of a run before");
        try (ChildJvm jvm = start(file, "signal")) {
            jvm.expect("ready");
            jvm.signal("KILL");
            assertThat(jvm.exitCode()).isNotZero();
        }

        assertThat(TraceRules.events(Files.readString(file))).isEmpty();
    }

    @Test
    void aLoopThatDoesNotFitOnTheDiskIsLeftOut() throws Exception {
        Path file = folder.resolve("full.json");
        try (ChildJvm jvm = start(file, "long")) {
            List<String> output = jvm.rest();
            assumeThat(output).doesNotContain("no limits here");
            assertThat(output)
                    .singleElement()
                    .asString()
                    .startsWith("weft: cannot write the trace " + file + ": java.io.IOException");
            assertThat(jvm.exitCode()).isZero();
        }

        assertThat(TraceRules.events(Files.readString(file))).isEmpty();
    }
}
