package dev.weft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Programs in a process of their own. */
class RunIT {

    private static final Path JDK = Path.of(System.getProperty("java.home"));

    @TempDir Path folder;

    @ParameterizedTest
    @MethodSource("dev.weft.cli.Jdks#all")
    void aFileRunsWithItsArgumentsAndLeavesNothing(Path jdk) throws Exception {
        Sources.write(folder, "Prices.java", Sources.PRICES);

        WeftJar run =
                WeftJar.run(
                        jdk, folder, "", "run", "Prices.java", "--help", "--", "@a", "", "\"q\"");

        assertThat(run).isEqualTo(new WeftJar(0, "--help,--,@a,,\"q\" 13\n", ""));
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(folder.resolve("Prices.java"));
        }
    }

    @Test
    void anExceptionEndsTheMainThreadAsInAnyProgram() throws Exception {
        Sources.write(
                folder,
                "script",
                """
                #!/usr/bin/env -S weft run
                class Script {
                    public static void main(String[] args) {
                        throw new IllegalStateException("no\\nway", new Exception("cause"));
                    }
                }
                """);

        WeftJar run = WeftJar.run(JDK, folder, "", "run", "script");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err())
                .isEqualTo(
                        """
                        Exception in thread "main" java.lang.IllegalStateException: no
                        way
                        \tat Script.main(script:4)
                        Caused by: java.lang.Exception: cause
                        \t... 1 more
                        """);
    }

    @Test
    void theInputAndTheStatusAreThoseOfTheProgramAndItsThreadsKeepTheJvmAlive() throws Exception {
        Sources.write(
                folder,
                "Late.java",
                """
                import java.util.Scanner;
                class Late {
                    public static void main(String[] args) {
                        String line = new Scanner(System.in).nextLine();
                        new Thread(() -> {
                            System.out.println("late " + line);
                            System.exit(7);
                        }).start();
                    }
                }
                """);

        assertThat(WeftJar.run(JDK, folder, "input\n", "run", "Late.java"))
                .isEqualTo(new WeftJar(7, "late input\n", ""));
    }

    @Test
    void aJarIsCompiledWhileItRuns() throws Exception {
        Path classes =
                Sources.javac(
                        folder.resolve("classes"),
                        Sources.write(folder, "Prices.java", Sources.PRICES));
        Jars.write(folder.resolve("app.jar"), classes, "Prices");

        assertThat(WeftJar.run(JDK, folder, "", "run", "app.jar", "abc"))
                .isEqualTo(new WeftJar(0, "abc 3\n", ""));
    }
}
