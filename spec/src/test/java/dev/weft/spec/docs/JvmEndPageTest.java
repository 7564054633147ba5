package dev.weft.spec.docs;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static java.time.Duration.ofDays;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Async;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Weft;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The statements and examples of docs/jvm-end.md, in JVMs of their own. */
@Timeout(60)
@DisabledOnOs(OS.WINDOWS) // where a process cannot be asked to end
class JvmEndPageTest {
    private static final Page PAGE = Page.of("docs/jvm-end.md");
    private static final int SIGTERM = 143;

    /** The output of a JVM, and its exit code. */
    private record Ended(List<String> lines, int exitCode) {}

    @Test
    void aSignalEndsARunOnTheMainThread() throws Exception {
        Ended ended = terminated(JvmEndPrograms.class);

        assertThat(PAGE.blocks("text").get(0).lines()).containsExactlyElementsOf(ended.lines());
        assertThat(ended.exitCode()).isEqualTo(SIGTERM);
    }

    @Test
    void aSignalDoesNotEndARunOnAnotherThread() throws Exception {
        assertThat(terminated(JvmEndPrograms.OnAnotherThread.class).lines())
                .containsExactly("serving");
        assertThat(terminated(JvmEndPrograms.ServiceWithoutHook.class).lines())
                .containsExactly("serving");
    }

    @Test
    void theSettingOfARunnerChangesTheDefault() throws Exception {
        assertThat(terminated(JvmEndPrograms.WithoutHook.class).lines()).containsExactly("serving");
        assertThat(terminated(JvmEndPrograms.ServiceWithHook.class).lines())
                .containsExactly("serving", "connections closed");
    }

    @Test
    void aShutdownHookClosesALoopThread() throws Exception {
        assertThat(terminated(JvmEndPrograms.Service.class).lines())
                .containsExactly("serving", "connections closed");
    }

    @Test
    void theExitCodeIsReturnedByMain() throws Exception {
        Ended ended = ended(JvmEndPrograms.WithAnExitCode.class);

        assertThat(ended.lines()).containsExactly("cleaned up");
        assertThat(ended.exitCode()).isEqualTo(3);
    }

    @Test
    void systemExitInATaskRunsNoCleanUp() throws Exception {
        Ended ended = ended(JvmEndPrograms.ExitsInATask.class);

        assertThat(ended.lines()).isEmpty();
        assertThat(ended.exitCode()).isEqualTo(3);
    }

    @Test
    void anInterruptCancelsMainAndIsUsedUp() {
        assertThatThrownBy(() -> Weft.run(() -> interruptsItself()))
                .isInstanceOf(CancelledError.class)
                .satisfies(error -> PAGE.quotes(error.getMessage()));
        assertThat(Thread.interrupted()).isFalse();
    }

    @Async
    private static Coroutine<Void> interruptsItself() {
        Thread thread = Thread.currentThread();
        EventLoop.current().callSoon(thread::interrupt);
        await(sleep(ofDays(1)));
        return Coroutine.done();
    }

    /** Runs {@code program} until its first line, and then asks it to end. */
    private static Ended terminated(Class<?> program) throws Exception {
        return ended(start(program), true);
    }

    private static Ended ended(Class<?> program) throws Exception {
        return ended(start(program), false);
    }

    private static Process start(Class<?> program) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        program.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static Ended ended(Process process, boolean terminate) throws Exception {
        List<String> lines = new ArrayList<>();
        try (BufferedReader output = process.inputReader()) {
            if (terminate) {
                lines.add(output.readLine());
                process.toHandle().destroy(); // the process itself would also close the output
            }
            output.lines().forEach(lines::add);
        }
        return new Ended(lines, process.waitFor());
    }
}
