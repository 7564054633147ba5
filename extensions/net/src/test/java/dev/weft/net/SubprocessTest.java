package dev.weft.net;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.TaskGroup;
import dev.weft.junit.TestClock;
import dev.weft.junit.WeftTest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The rules of child processes while they run. */
@WeftTest
class SubprocessTest {
    private static final int LIMIT = 1_000_000;

    @BeforeAll
    static void needsAShell() {
        Shell.check();
    }

    static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }

    static Coroutine<Subprocess.Result> sh(String script) throws IOException {
        return Subprocess.run(LIMIT, "sh", "-c", script);
    }

    // ---- run

    @Test
    @Async
    Coroutine<Void> runReturnsBothOutputsAndTheExitCode() throws IOException {
        Subprocess.Result result = await(sh("printf out; printf err >&2; exit 3"));
        assertThat(text(result.output())).isEqualTo("out");
        assertThat(text(result.errors())).isEqualTo("err");
        assertThat(result.exit()).isEqualTo(3);
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> runGivesNoInput() throws IOException {
        assertThat(await(Subprocess.run(LIMIT, "cat")).output()).isEmpty();
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> runReadsTwoOutputsThatAreLargerThanAPipe() throws IOException {
        Subprocess.Result result =
                await(sh("head -c 200000 /dev/zero >&2; head -c 200000 /dev/zero"));
        assertThat(result.output()).hasSize(200_000);
        assertThat(result.errors()).hasSize(200_000);
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> theLimitIsForEachOutput() throws IOException {
        String both = "head -c 1000 /dev/zero >&2; head -c 1000 /dev/zero";
        Subprocess.Result exact = await(Subprocess.run(1_000, "sh", "-c", both));
        assertThat(exact.output()).hasSize(1_000);
        assertThat(exact.errors()).hasSize(1_000);
        for (String to : List.of("", " >&2")) {
            try {
                await(Subprocess.run(1_000, "sh", "-c", "yes" + to));
                throw new AssertionError("no exception");
            } catch (LimitExceededException e) {
                assertThat(e)
                        .hasMessage(
                                "the "
                                        + (to.isEmpty() ? "output" : "errors")
                                        + " of sh has more than 1,000 bytes: pass a higher limit to"
                                        + " run");
                assertThat(e.partial()).hasSize(1_000);
            }
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aSignalIs128AndItsNumber() throws IOException {
        assertThat(await(sh("kill -KILL $$")).exit()).isEqualTo(128 + 9);
        assertThat(await(sh("kill -TERM $$")).exit()).isEqualTo(128 + 15);
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aCommandThatDoesNotExistIsNamed() throws IOException {
        try {
            await(Subprocess.run(LIMIT, "no-such-command"));
            throw new AssertionError("no exception");
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("no-such-command");
        }
        assertThatThrownBy(() -> Subprocess.start(new ProcessBuilder()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the command is empty");
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aHundredProcessesRunAtOnce() throws IOException {
        List<Task<Subprocess.Result>> running = new ArrayList<>();
        await(TaskGroup.scope(group -> startAll(group, running)));
        for (int i = 0; i < 100; i++) {
            assertThat(text(running.get(i).result().output())).isEqualTo("number " + i);
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> startAll(
            TaskGroup group, List<Task<Subprocess.Result>> running) {
        for (int i = 0; i < 100; i++) {
            int number = i;
            running.add(group.create(() -> sh("printf 'number " + number + "'")));
        }
        return Coroutine.done();
    }

    // ---- time

    @Test
    @Async
    Coroutine<Void> virtualTimeStandsStillWhileATaskWaitsForAChild(TestClock clock)
            throws IOException {
        try (Subprocess child =
                Subprocess.start(new ProcessBuilder("sh", "-c", "sleep 0.2; echo x; sleep 0.2"))) {
            Task<Void> ticking = Task.create(() -> tick());
            assertThat(await(child.output().readLine())).isEqualTo("x");
            assertThat(await(child.exit())).isZero();
            assertThat(clock.elapsed()).isZero();
            ticking.cancel();
        }
        await(sleep(Duration.ofHours(1)));
        assertThat(clock.elapsed()).isEqualTo(Duration.ofHours(1));
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> tick() {
        while (true) {
            await(sleep(Duration.ofMillis(1)));
        }
    }

    @Test
    @Async
    Coroutine<Void> aCancelledAwaiterEndsTheExitForNobodyElse() throws IOException {
        try (Subprocess cat = Subprocess.start(new ProcessBuilder("cat"))) {
            Task<Integer> first = Task.create(() -> exitOf(cat));
            Task<Integer> second = Task.create(() -> exitOf(cat));
            await(sh("true"));
            first.cancel();
            await(cat.input().closeOutput());
            assertThat(await(second)).isZero();
            assertThat(first.cancelled()).isTrue();
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Integer> exitOf(Subprocess child) {
        return Coroutine.of(await(child.exit()));
    }
}
