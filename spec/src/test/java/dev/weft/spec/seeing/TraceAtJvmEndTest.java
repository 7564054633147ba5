package dev.weft.spec.seeing;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.Weft;
import dev.weft.spec.support.ChildJvm;
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
            Weft.run(() -> main(arguments[0]));
        }

        @Async
        private static Coroutine<Void> main(String end) {
            await(Task.create("worker", () -> sleep(ZERO)));
            if (end.equals("exit")) {
                System.exit(3);
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
}
