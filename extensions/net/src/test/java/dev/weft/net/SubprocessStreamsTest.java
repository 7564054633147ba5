package dev.weft.net;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static dev.weft.net.SubprocessTest.sh;
import static dev.weft.net.SubprocessTest.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.junit.WeftTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pipes of child processes. */
@WeftTest
class SubprocessStreamsTest {
    private static final int LIMIT = 1_000_000;

    @BeforeAll
    static void needsAShell() {
        Shell.check();
    }

    // ---- streams

    @Test
    @Async
    Coroutine<Void> tenMegabytesGoThroughACommand() throws IOException {
        byte[] sent = new byte[10_000_000];
        new Random(1).nextBytes(sent);
        try (Subprocess cat = Subprocess.start(new ProcessBuilder("cat"))) {
            Task<Void> writing = Task.create(() -> writeAll(cat, sent));
            assertThat(await(cat.output().readAll(sent.length))).isEqualTo(sent);
            await(writing);
            assertThat(await(cat.exit())).isZero();
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> writeAll(Subprocess child, byte[] bytes) throws IOException {
        await(child.input().write(bytes));
        await(child.input().closeOutput());
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aWriteWaitsForTheChildAndOtherTasksRun() throws IOException {
        try (Subprocess sleeper = Subprocess.start(new ProcessBuilder("sleep", "1000"))) {
            Task<Void> writing = Task.create(() -> sleeper.input().write(new byte[LIMIT]));
            await(sh("true")); // takes some time
            assertThat(writing.done()).isFalse();
            writing.cancel();
            await(sleep(Duration.ZERO));
            assertThat(writing.cancelled()).isTrue();
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aConversationTakesTurns() throws IOException {
        try (Subprocess cat = Subprocess.start(new ProcessBuilder("cat"))) {
            for (int i = 0; i < 100; i++) {
                await(cat.input().write("line " + i + "\n"));
                assertThat(await(cat.output().readLine())).isEqualTo("line " + i);
            }
            await(cat.input().closeOutput());
            assertThat(await(cat.output().readLine())).isNull();
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aChildThatDoesNotReadItsInputIsGone() throws IOException {
        try (Subprocess child = Subprocess.start(new ProcessBuilder("true"))) {
            await(child.exit());
            try {
                await(child.input().write(new byte[LIMIT]));
                throw new AssertionError("no exception");
            } catch (ConnectionResetException e) {
                assertThat(e).hasMessageContaining("the child process reads its input no more");
            }
            await(child.input().closeOutput());
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aChildThatEndsDuringAWriteIsGone() throws IOException {
        ProcessBuilder reader = new ProcessBuilder("head", "-c", "100000");
        reader.redirectOutput(ProcessBuilder.Redirect.DISCARD);
        try (Subprocess child = Subprocess.start(reader)) {
            await(child.input().write(new byte[10 * LIMIT]));
            throw new AssertionError("no exception");
        } catch (ConnectionResetException e) {
            assertThat(e).hasMessageContaining("the child process reads its input no more");
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> outputThatWasNotReadOutlivesTheChild() throws IOException {
        ProcessBuilder printer = new ProcessBuilder("sh", "-c", "printf late; printf bad >&2");
        try (Subprocess child = Subprocess.start(printer)) {
            assertThat(await(child.exit())).isZero();
            assertThat(text(await(child.output().readAll(LIMIT)))).isEqualTo("late");
            assertThat(text(await(child.errors().readAll(LIMIT)))).isEqualTo("bad");
            assertThat(await(child.errors().read(1))).isNull();
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aCancelledReadLosesNoByte() throws IOException {
        try (Subprocess cat = Subprocess.start(new ProcessBuilder("cat"))) {
            Task<String> reading = Task.create(() -> cat.output().readLine());
            await(cat.input().write("half a li"));
            reading.cancel();
            await(cat.input().write("ne\n"));
            assertThat(await(cat.output().readLine())).isEqualTo("half a line");
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aStreamHasOneDirection() throws IOException {
        try (Subprocess cat = Subprocess.start(new ProcessBuilder("cat"))) {
            await(refused(cat.input().read(1)));
            await(refused(cat.output().write("x")));
            assertThat(cat.input().local()).isNull();
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> refused(Coroutine<?> operation) {
        try {
            await(operation);
            throw new AssertionError("no exception");
        } catch (UnsupportedOperationException e) {
            assertThat(e).hasMessageContaining("a child process can only be");
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aClosedOutputEndsAChildThatWrites() throws IOException {
        try (Subprocess yes = Subprocess.start(new ProcessBuilder("yes"))) {
            assertThat(await(yes.output().readLine())).isEqualTo("y");
            yes.output().close();
            int code = await(yes.exit());
            assertThat(code).isIn(1, 128 + 13); // the JVM may have passed "ignore SIGPIPE" on
            assertThat(await(Nets.failure(() -> yes.output().read(1))))
                    .isInstanceOf(StreamClosedException.class);
        }
        return Coroutine.done();
    }

    // ---- redirections

    @Test
    @Async
    Coroutine<Void> theErrorsCanGoToTheOutput() throws IOException {
        ProcessBuilder both = new ProcessBuilder("sh", "-c", "printf a; printf b >&2; printf c");
        try (Subprocess child = Subprocess.start(both.redirectErrorStream(true))) {
            assertThat(await(child.errors().read(1))).isNull();
            assertThat(text(await(child.output().readAll(LIMIT)))).isEqualTo("abc");
        }
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aRedirectedStreamIsAtItsEnd(@TempDir Path folder) throws IOException {
        Path source = Files.writeString(folder.resolve("source"), "from a file");
        Path target = folder.resolve("target");
        ProcessBuilder builder =
                new ProcessBuilder("cat")
                        .redirectInput(source.toFile())
                        .redirectOutput(target.toFile())
                        .redirectError(ProcessBuilder.Redirect.INHERIT);
        try (Subprocess cat = Subprocess.start(builder)) {
            assertThat(await(cat.output().read(1))).isNull();
            assertThat(await(cat.errors().read(1))).isNull();
            assertThat(await(cat.exit())).isZero();
            assertThat(target).hasContent("from a file");
            await(cat.input().write("x"));
            throw new AssertionError("no exception");
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("redirected");
        }
        return Coroutine.done();
    }
}
