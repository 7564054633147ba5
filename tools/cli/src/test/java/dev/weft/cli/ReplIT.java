package dev.weft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A prompt whose input is a script. */
class ReplIT {

    private static final String SCRIPT =
            """
            int five = 5
            await(sleep(Duration.ofMillis(1), "done"))
            var list = await(gather(sleep(Duration.ofMillis(1), 1), sleep(Duration.ZERO, 2)))
            list.get(0) + five
            @Async Coroutine<Integer> twice(int n) { await(sleep(Duration.ofMillis(1))); return Coroutine.of(2 * n); }
            int ten = await(twice(five))
            for (int i = 0; i < 2; i++) { await(sleep(Duration.ofMillis(1))); System.out.println("turn " + i); }
            var event = new AsyncEvent()
            var task = Task.create(() -> { await(event.waitFor()); System.out.println("the task runs"); return Coroutine.done(); })
            event.set()
            await(task)
            @Async Coroutine<Integer> fails() { await(sleep(Duration.ofMillis(1))); throw new IllegalStateException("failed"); }
            await(fails())
            run(() -> { await(sleep(Duration.ofMillis(1))); return Coroutine.of(33); })
            synchronized (list) { await(sleep(Duration.ofMillis(1))); }
            /vars list
            /reset
            await(sleep(Duration.ofMillis(1), "again"))
            var endless = Task.create(() -> { try { await(sleep(Duration.ofDays(1))); } finally { System.out.println("ended"); } return Coroutine.done(); })
            /exit 3
            """;

    @TempDir Path folder;

    @ParameterizedTest
    @MethodSource("dev.weft.cli.Jdks#all")
    void awaitWorksAtThePromptAndExitEndsTheTasks(Path jdk) throws Exception {
        WeftJar repl = WeftJar.run(jdk, folder, SCRIPT, "repl");

        assertThat(repl.out())
                .containsSubsequence(
                        "five ==> 5",
                        "==> \"done\"",
                        "list ==> [1, 2]",
                        "==> 6",
                        "created method twice(int)",
                        "ten ==> 10",
                        "turn 0",
                        "turn 1",
                        "task ==> task ",
                        "the task runs",
                        "created method fails()",
                        "|  Exception java.lang.IllegalStateException: failed\n"
                                + "|        at fails (#",
                        "|        at (#",
                        "==> 33",
                        "|  Error:\n|  await inside a synchronized block: ",
                        "List<Integer> list = [1, 2]",
                        "==> \"again\"",
                        "endless ==> task ",
                        "ended");
        assertThat(repl.status()).isEqualTo(3);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS) // has no shell that closes the standard input
    void aClosedStandardInputIsWrongUse() throws Exception {
        Path jdk = Path.of(System.getProperty("java.home"));
        String command = String.join("' '", WeftJar.command(jdk, "repl"));
        ProcessBuilder shell = new ProcessBuilder("sh", "-c", "exec '" + command + "' <&-");

        WeftJar repl = WeftJar.run(shell.directory(folder.toFile()), "");

        assertThat(repl.out()).isEmpty();
        assertThat(repl.err()).startsWith("weft: the standard input is closed, ");
        assertThat(repl.status()).isEqualTo(2);
    }
}
