package dev.weft.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Async tests that were compiled without Weft's plugin, as by an IDE. */
class NotCompiledTest {
    private static final String SOURCE =
            """
            import dev.weft.*;
            import dev.weft.junit.WeftTest;
            import org.junit.jupiter.api.Test;

            @WeftTest
            public class StockTest {
                @Test
                void runs() {}

                @Test
                @Async
                Coroutine<Void> isNotExecutedByJUnit() {
                    return Coroutine.done();
                }
            }
            """;

    @Test
    void theClassFailsInsteadOfSkippingThem(@TempDir Path folder) throws Exception {
        Path source = Files.writeString(folder.resolve("StockTest.java"), SOURCE);
        int result =
                ToolProvider.getSystemJavaCompiler()
                        .run(
                                null,
                                null,
                                null,
                                "-proc:none",
                                "-cp",
                                System.getProperty("java.class.path"),
                                source.toString());
        assertThat(result).isZero();

        try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            assertThat(SampleRun.of(loader.loadClass("StockTest")).text())
                    .contains("StockTest: FAILED")
                    .contains(
                            "async test methods that Weft has not compiled, so JUnit does not execute"
                                    + " them: [isNotExecutedByJUnit] of StockTest. Compile the tests"
                                    + " by the goal weft:instrument-test");
        }
    }
}
