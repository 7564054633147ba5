package dev.weft.net;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Runner;
import dev.weft.Task;
import dev.weft.Weft;
import dev.weft.junit.WeftTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ends of child processes. */
@WeftTest
class SubprocessEndTest {
    private static final String FAMILY = "sleep 1000 & echo $$ $!; wait; sleep 1001";

    @BeforeAll
    static void needsAShell() {
        Shell.check();
    }

    /** Returns those of the processes whose two numbers are in {@code line} that have not ended. */
    private static List<ProcessHandle> processes(String line) {
        String[] numbers = line.trim().split(" ");
        assertThat(numbers).hasSize(2);
        List<ProcessHandle> processes = new ArrayList<>();
        for (String number : numbers) {
            ProcessHandle.of(Long.parseLong(number)).ifPresent(processes::add);
        }
        return processes;
    }

    @Async
    private static Coroutine<List<ProcessHandle>> family(Subprocess child) throws IOException {
        return Coroutine.of(processes(await(child.output().readLine())));
    }

    @Async
    private static Coroutine<Void> allEnd(List<ProcessHandle> processes) {
        for (ProcessHandle process : processes) {
            await(process.onExit());
            assertThat(process.isAlive()).isFalse();
        }
        return Coroutine.done();
    }

    private static Subprocess start(String script) throws IOException {
        return Subprocess.start(new ProcessBuilder("sh", "-c", script));
    }

    // ---- close

    @Test
    @Async
    Coroutine<Void> closeEndsTheChildAndItsDescendants() throws IOException {
        Subprocess child = start(FAMILY);
        List<ProcessHandle> family = await(family(child));
        child.close();
        assertThat(await(child.exit())).isEqualTo(128 + 15);
        await(allEnd(family));
        child.close();
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> closeLetsTheChildCleanUp(@TempDir Path folder) throws IOException {
        Path note = folder.resolve("note");
        Subprocess child =
                start("trap 'echo clean > " + note + "; exit 7' TERM; echo; sleep 1000 & wait");
        await(child.output().readLine());
        child.close();
        assertThat(await(child.exit())).isEqualTo(7);
        assertThat(note).hasContent("clean");
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aChildThatRefusesToEndIsKilledAfterFiveSeconds() throws IOException {
        Subprocess child = start("trap '' TERM; echo; sleep 1000; sleep 1000");
        await(child.output().readLine());
        long began = System.nanoTime();
        child.close();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(1));
        assertThat(await(child.exit())).isEqualTo(128 + 9);
        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .isGreaterThan(Duration.ofSeconds(5));
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> closeEndsTheWaits() throws IOException {
        Subprocess child = start("sleep 1000");
        Task<byte[]> reading = Task.create(() -> child.output().readAll(1_000));
        Task<Void> writing = Task.create(() -> child.input().write(new byte[1_000_000]));
        await(sleep(Duration.ZERO));
        child.close();
        for (Task<?> waiting : List.of(reading, writing)) {
            try {
                await(waiting, IOException.class);
                throw new AssertionError("no exception");
            } catch (StreamClosedException e) {
                assertThat(e).hasMessageStartingWith("closed by task");
            }
        }
        assertThat(await(child.exit())).isEqualTo(128 + 15);
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> closeAfterTheEndKeepsTheExitCode() throws IOException {
        Subprocess child = start("exit 3");
        assertThat(await(child.exit())).isEqualTo(3);
        child.close();
        child.close();
        assertThat(await(child.exit())).isEqualTo(3);
        return Coroutine.done();
    }

    // ---- run

    @Test
    @Async
    Coroutine<Void> aCancelledRunEndsTheChildAndItsDescendants(@TempDir Path folder)
            throws IOException {
        String pipe = folder.resolve("pipe").toString();
        await(Subprocess.run(1_000, "mkfifo", pipe));
        String script = "sleep 1000 & echo $$ $! > " + pipe + "; wait; sleep 1001";
        Task<Subprocess.Result> running =
                Task.create(() -> Subprocess.run(1_000, "sh", "-c", script));
        String line = await(Weft.blocking(() -> Files.readString(Path.of(pipe))));
        List<ProcessHandle> family = processes(line);
        running.cancel();
        await(allEnd(family));
        assertThat(running.cancelled()).isTrue();
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aRunAboveItsLimitEndsTheChildAndItsDescendants() throws IOException {
        try {
            await(Subprocess.run(1_000, "sh", "-c", "sleep 1000 & echo $$ $!; yes"));
            throw new AssertionError("no exception");
        } catch (LimitExceededException e) {
            String line = new String(e.partial(), UTF_8).lines().findFirst().orElseThrow();
            await(allEnd(processes(line)));
        }
        return Coroutine.done();
    }

    // ---- the loop

    @Test
    @Async
    Coroutine<Void> theLoopForgetsAChildThatHasEnded() throws IOException {
        await(Subprocess.run(1_000, "echo", "x"));
        assertThat(Children.current().isEmpty()).isTrue();
        Subprocess child = start("cat; echo y");
        assertThat(Children.current().isEmpty()).isFalse();
        await(child.input().write("x\n"));
        await(child.input().closeOutput());
        assertThat(await(child.output().readAll(1_000))).isEqualTo("x\ny\n".getBytes(UTF_8));
        await(child.exit());
        while (!Children.current().isEmpty()) { // it was not closed
            await(sleep(Duration.ZERO));
        }
        return Coroutine.done();
    }

    @Test
    void theEndOfTheLoopKillsWhatRuns() throws Exception {
        List<ProcessHandle> family;
        try (Runner runner = Weft.runner()) {
            family = runner.run(startFamily("trap '' TERM; "));
        }
        for (ProcessHandle process : family) {
            process.onExit().get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void theEndOfTheLoopKillsWhatRefusesToEnd() throws Exception {
        List<ProcessHandle> family;
        long began = System.nanoTime();
        try (Runner runner = Weft.runner()) {
            family = runner.run(startFamilyAndClose());
        }
        family.get(0).onExit().get(30, TimeUnit.SECONDS);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
        family.get(1).onExit().get(30, TimeUnit.SECONDS);
    }

    @Async
    private static Coroutine<List<ProcessHandle>> startFamily(String before) throws IOException {
        return family(start(before + FAMILY));
    }

    @Async
    private static Coroutine<List<ProcessHandle>> startFamilyAndClose() throws IOException {
        Subprocess child = start("trap '' TERM; " + FAMILY);
        List<ProcessHandle> family = await(family(child));
        child.close();
        return Coroutine.of(family);
    }

    @Test
    void theEndOfTheLoopEndsTheThreads() throws Exception {
        List<Thread> threads;
        try (Runner runner = Weft.runner()) {
            threads = runner.run(threadsOfPipes());
        }
        assertThat(threads).hasSize(3);
        for (Thread thread : threads) {
            thread.join(30_000);
            assertThat(thread.isAlive()).isFalse();
        }
    }

    @Async
    private static Coroutine<List<Thread>> threadsOfPipes() throws IOException {
        List<Thread> before = pipeThreads();
        Subprocess child = start("cat; head -c 1000000 /dev/zero; sleep 1000");
        await(child.input().write("x"));
        await(child.output().readExactly(1));
        Task<byte[]> reading = Task.create(child.errors().read(1));
        await(sleep(Duration.ZERO));
        List<Thread> threads = pipeThreads();
        threads.removeAll(before);
        assertThat(reading.done()).isFalse();
        return Coroutine.of(threads);
    }

    private static List<Thread> pipeThreads() {
        List<Thread> found = new ArrayList<>(Thread.getAllStackTraces().keySet());
        found.removeIf(thread -> !thread.getName().startsWith("weft-pipe-"));
        return found;
    }
}
