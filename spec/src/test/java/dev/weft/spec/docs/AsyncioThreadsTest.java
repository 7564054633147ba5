package dev.weft.spec.docs;

import static dev.weft.Weft.abandonable;
import static dev.weft.Weft.await;
import static dev.weft.Weft.blocking;
import static dev.weft.Weft.sleep;
import static java.time.Duration.ZERO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.weft.BlockingPool;
import dev.weft.Coroutine;
import dev.weft.Deferred;
import dev.weft.EventLoop;
import dev.weft.LoopThread;
import dev.weft.Promise;
import dev.weft.Runner;
import dev.weft.Task;
import dev.weft.Weft;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The rows of docs/from-asyncio.md about futures, threads, blocking calls and processes. */
@Timeout(60)
class AsyncioThreadsTest {
    private final List<String> log = new ArrayList<>();

    private static Coroutine<Integer> f() {
        return AsyncioTasksTest.f();
    }

    private static String work() {
        return "by " + Thread.currentThread().getName();
    }

    @Test
    void aPromiseIsCompletedByHand() {
        Program.run(
                () -> {
                    Promise<Integer> promise = new Promise<>();
                    boolean isFirst = promise.complete(1);
                    assertThat(isFirst).isTrue();
                    assertThat(promise.fail(new IOException("no answer"))).isFalse();
                    assertThat(await(promise)).isEqualTo(1);
                    return Coroutine.done();
                });
    }

    @Test
    void aPromiseFails() {
        Program.run(
                () -> {
                    Promise<Integer> promise = new Promise<>();
                    promise.fail(new IOException("no answer"));
                    assertThat(catchThrowable(promise::result)).isInstanceOf(IOException.class);
                    return Coroutine.done();
                });
    }

    @Test
    void aFutureIsAwaited() {
        Program.run(
                () -> {
                    Task<Integer> task = Task.create(f());
                    CompletableFuture<Integer> future = task.toCompletableFuture();
                    Deferred<Integer> wrapped = Deferred.from(future);
                    assertThat(await(wrapped)).isEqualTo(1);
                    assertThat(await(future)).isEqualTo(1);
                    return Coroutine.done();
                });
    }

    @Test
    void otherThreadsHandInWork() throws Exception {
        try (LoopThread thread = LoopThread.start("worker")) {
            EventLoop loop = thread.loop();
            CompletableFuture<Integer> future = loop.submit(() -> f());
            loop.execute(() -> log.add("executed"));
            assertThat(future.get()).isEqualTo(1);
        }
        assertThat(log).containsExactly("executed");
    }

    @Test
    void blockingWorkRunsOnOtherThreads() {
        try (BlockingPool pool = new BlockingPool("pool", 1)) {
            Program.run(
                    () -> {
                        assertThat(await(blocking(() -> work()))).isEqualTo("by weft-blocking-1");
                        assertThat(await(abandonable(() -> work())))
                                .startsWith("by weft-blocking-");
                        assertThat(await(pool.call(() -> work()))).isEqualTo("by pool-1");
                        return Coroutine.done();
                    });
        }
    }

    @Test
    void anExecutorReplacesTheThreadsOfALoop() {
        ExecutorService executor =
                Executors.newSingleThreadExecutor(work -> new Thread(work, "mine"));
        try (Runner runner = Weft.runner().executor(executor)) {
            assertThat(runner.<String>run(() -> Coroutine.of(await(blocking(() -> work())))))
                    .isEqualTo("by mine");
        } finally {
            executor.shutdown();
        }
    }

    @Test
    void theEndOfAProcessIsAwaited() throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process =
                new ProcessBuilder(java, "-version")
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        Weft.run(
                () -> {
                    await(process.onExit());
                    return sleep(ZERO);
                });
        assertThat(process.exitValue()).isZero();
    }
}
