package dev.weft.junit;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static java.time.Duration.ZERO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.junit.samples.Sample;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A test that ends the JVM. */
class ExitTest {
    private static final int CODE = 3;
    private static final String EXITS = "exits now";

    /** The program of the other JVM, whose main thread runs the test. */
    static final class Program {
        public static void main(String[] arguments) {
            SampleRun.of(Exits.class);
        }
    }

    @Sample
    @WeftTest
    static class Exits {
        @Test
        @Async
        Coroutine<Void> inAStep() {
            await(sleep(ZERO));
            System.out.println(EXITS);
            System.exit(CODE);
            return Coroutine.done();
        }
    }

    /** A shutdown hook of the runner would wait 10 s for the thread that has called the exit. */
    @Test
    void theEndOfTheJvmDoesNotWaitForTheTest() throws Exception {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Program.class.getName())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (BufferedReader output = process.inputReader()) {
            assertThat(output.readLine()).isEqualTo(EXITS);
            assertThat(process.waitFor(9, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(CODE);
        } finally {
            process.destroyForcibly();
        }
    }
}
