package dev.weft.spec.docs;

import static dev.weft.Weft.abandonable;
import static dev.weft.Weft.await;
import static dev.weft.Weft.blocking;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.timeout;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.weft.Async;
import dev.weft.BlockingPool;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.Deferred;
import dev.weft.EventLoop;
import dev.weft.Promise;
import dev.weft.Runner;
import dev.weft.Task;
import dev.weft.TaskLocal;
import dev.weft.Unhandled;
import dev.weft.Weft;
import dev.weft.sync.AsyncQueue;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The statements and examples of docs/blocking.md. */
@Timeout(60)
class BlockingPageTest {
    private static final Page PAGE = Page.of("docs/blocking.md");

    private static final TaskLocal<String> USER = TaskLocal.create();

    @Async
    static Coroutine<Integer> countLines(Path file) throws IOException {
        List<String> lines = await(blocking(() -> Files.readAllLines(file)), IOException.class);
        return Coroutine.of(lines.size());
    }

    @Test
    void aBlockingCallRunsOnAnotherThread(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("text"), List.of("one", "two"));

        assertThat(Program.<Integer>run(() -> countLines(file))).isEqualTo(2);
    }

    @Test
    void theWorkStartsAtTheCallAndItsFailureIsReported() {
        CountDownLatch started = new CountDownLatch(1);
        List<Unhandled> unhandled =
                Program.unhandledIn(
                        () -> {
                            Deferred<Void> unused = blocking(() -> failsAfter(started));
                            await(blocking(() -> started.await()));
                            assertThat(unused).isNotNull();
                            return Coroutine.done();
                        });
        assertThat(unhandled)
                .extracting(Unhandled::exception)
                .hasOnlyElementsOfType(IOException.class);
    }

    private static void failsAfter(CountDownLatch started) throws IOException {
        started.countDown();
        throw new IOException("nobody looks at this");
    }

    @Test
    void beforeJava21ALoopHasAtMost32Threads() {
        int expected = Runtime.version().feature() < 21 ? 32 : 33;
        AtomicInteger idle = new AtomicInteger(expected);
        CountDownLatch end = new CountDownLatch(1);
        List<String> names = new ArrayList<>();
        Program.run(
                () -> {
                    Promise<Void> allRun = new Promise<>();
                    List<Deferred<String>> all = new ArrayList<>();
                    for (int i = 0; i < 33; i++) {
                        all.add(blocking(() -> nameOfThread(idle, allRun, end)));
                    }
                    await(allRun);
                    end.countDown();
                    for (Deferred<String> each : all) {
                        names.add(await(each));
                    }
                    return Coroutine.done();
                });
        assertThat(names.stream().distinct()).hasSize(expected).contains("weft-blocking-1");
    }

    private static String nameOfThread(AtomicInteger idle, Promise<Void> allRun, CountDownLatch end)
            throws InterruptedException {
        if (idle.decrementAndGet() == 0) {
            allRun.complete(null);
        }
        end.await();
        return Thread.currentThread().getName();
    }

    @Test
    void taskLocalValuesAreCopiedToTheWork() {
        Program.run(
                () -> {
                    USER.set("Ada");
                    assertThat(await(blocking(() -> USER.get()))).isEqualTo("Ada");
                    return Coroutine.done();
                });
    }

    @Test
    void aCancelledCallEndsWhenItsThreadHasLeftTheWork() {
        CountDownLatch running = new CountDownLatch(1);
        List<String> log = new ArrayList<>();
        Program.run(
                () -> {
                    Deferred<Void> call = blocking(() -> untilInterrupted(running, log));
                    await(blocking(() -> running.await()));
                    call.cancel();
                    try {
                        await(call);
                    } catch (CancelledError e) {
                        log.add("cancelled because of " + e.getCause().getClass().getSimpleName());
                    }
                    return Coroutine.done();
                });
        assertThat(log).containsExactly("left", "cancelled because of InterruptedException");
    }

    private static void untilInterrupted(CountDownLatch running, List<String> log)
            throws InterruptedException {
        try {
            running.countDown();
            new CountDownLatch(1).await();
        } finally {
            log.add("left");
        }
    }

    @Async
    static Coroutine<InetAddress> lookUp(String host) throws TimeoutException {
        return Coroutine.of(
                await(timeout(ofSeconds(2), abandonable(() -> InetAddress.getByName(host)))));
    }

    @Test
    void anAbandonableCallWorks() {
        assertThat(Weft.<InetAddress>run(() -> lookUp("127.0.0.1")).isLoopbackAddress()).isTrue();
    }

    @Test
    void aCancelledAbandonableCallEndsAtOnceAndItsFailureIsReported() {
        CountDownLatch mayEnd = new CountDownLatch(1);
        List<Unhandled> unhandled =
                Program.unhandledIn(
                        () -> {
                            Deferred<Integer> call =
                                    abandonable(() -> failsIgnoringInterrupts(mayEnd));
                            await(sleep(ZERO));
                            call.cancel();
                            assertThat(call.cancelled()).isTrue();
                            mayEnd.countDown();
                            return Coroutine.done();
                        });
        assertThat(unhandled)
                .extracting(Unhandled::message)
                .allMatch("abandoned work failed"::equals);
    }

    private static int failsIgnoringInterrupts(CountDownLatch mayEnd) throws IOException {
        while (mayEnd.getCount() > 0) {
            Thread.onSpinWait();
        }
        throw new IOException("too late");
    }

    static final class Customers implements AutoCloseable {
        private final BlockingPool database = new BlockingPool("database", 10);

        @Async
        Coroutine<String> name(int id) throws SQLException {
            return Coroutine.of(await(database.call(() -> query(id)), SQLException.class));
        }

        @Override
        public void close() {
            database.close(); // waits for the calls that were accepted
        }
    }

    private static String query(int id) throws SQLException {
        if (id < 0) {
            throw new SQLException("no such customer");
        }
        return "customer " + id + " by " + Thread.currentThread().getName();
    }

    @Test
    void aPoolHasNamedThreadsOfItsOwn() {
        try (Customers customers = new Customers()) {
            assertThat(Program.<String>run(() -> customers.name(7)))
                    .isEqualTo("customer 7 by database-1");
            assertThat(catchThrowable(() -> Program.run(() -> customers.name(-1))))
                    .isInstanceOf(SQLException.class);
        }
    }

    @Test
    void aCallInTheQueueOfAPoolEndsAtOnceWhenItIsCancelled() {
        CountDownLatch end = new CountDownLatch(1);
        try (BlockingPool pool = new BlockingPool("single", 1)) {
            Program.run(
                    () -> {
                        Deferred<Void> first = pool.run(end::await);
                        Deferred<Void> second = pool.run(end::await);
                        second.cancel();
                        assertThat(second.cancelled()).isTrue();
                        end.countDown();
                        await(first);
                        return Coroutine.done();
                    });
        }
    }

    @Test
    void anExecutorReplacesTheThreadsAndIsNotShutDown() {
        ExecutorService cores =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        try (Runner runner = Weft.runner().executor(cores)) {
            runner.run(() -> Coroutine.of(await(blocking(() -> sumOfSquares(1_000)))));
        } finally {
            cores.shutdown();
        }

        ExecutorService other = Executors.newSingleThreadExecutor();
        try (Runner runner = Weft.runner().executor(other)) {
            runner.run(() -> Coroutine.of(await(blocking(() -> sumOfSquares(10)))));
        }
        assertThat(other.isShutdown()).isFalse();
        other.shutdown();
    }

    private static long sumOfSquares(int n) {
        long sum = 0;
        for (long i = 1; i <= n; i++) {
            sum += i * i;
        }
        return sum;
    }

    @Test
    void inVirtualTimeTheClockStandsStillMeanwhile() {
        Program.run(
                () -> {
                    Task<Void> timer = Task.create(sleep(ofSeconds(1)));
                    assertThat(await(blocking(() -> sumOfSquares(1_000)))).isPositive();
                    assertThat(EventLoop.current().time()).isZero();
                    await(timer);
                    return Coroutine.done();
                });
    }

    @Test
    void theBuildWarnsOfCallsThatBlock() {
        String sleeps =
                "@Async static Coroutine<Void> a() throws Exception {"
                        + " Thread.sleep(1); return Coroutine.done(); }";
        String gets =
                "@Async static Coroutine<String> b(java.util.concurrent.Future<String> f)"
                        + " throws Exception { return Coroutine.of(f.get()); }";
        assertThat(Javac.weftMessages(sleeps + gets)).hasSize(2).allSatisfy(PAGE::quotes);
    }

    @Test
    void theBuildRefusesAnAwaitInBlockingWork() {
        String load =
                "@Async static Coroutine<String> load() {"
                        + " return Coroutine.of(await(blocking(() -> await(sleep(Duration.ZERO, \"x\"))))); }";
        assertThat(Javac.weftMessages(load)).hasSize(1).allSatisfy(PAGE::quotes);
    }

    @Test
    void aStuckStepIsLogged() throws InterruptedException {
        try (Logged logged = new Logged()) {
            Weft.run(
                    () -> {
                        await(Task.create("import", () -> blocksUntil(logged)));
                        return Coroutine.done();
                    });
            PAGE.quotes(logged.firstAbout("stuck").replaceFirst(": java.lang.Throwable.*", ""));
        }
    }

    @Async
    private static Coroutine<Void> blocksUntil(Logged logged) throws InterruptedException {
        await(sleep(ZERO));
        logged.awaitMessageAbout("stuck");
        return Coroutine.done();
    }

    @Test
    void blockingWorkMustNotTouchTheLoop() {
        Program.run(
                () -> {
                    AsyncQueue<String> queue = new AsyncQueue<>();
                    queue.tryPut("mine");
                    Throwable refused =
                            await(blocking(() -> catchThrowable(() -> queue.tryPut("x"))));
                    PAGE.quotes(refused.toString());
                    return Coroutine.done();
                });
    }

    @Test
    void workThatWaitsForWorkOfTheSamePoolDoesNotEnd() {
        try (BlockingPool pool = new BlockingPool("single", 1)) {
            Weft.run(
                    () -> {
                        EventLoop loop = EventLoop.current();
                        Throwable thrown =
                                await(pool.call(() -> catchThrowable(() -> waitsFor(loop, pool))));
                        assertThat(thrown).isInstanceOf(TimeoutException.class);
                        return Coroutine.done();
                    });
        }
    }

    private static void waitsFor(EventLoop loop, BlockingPool pool) throws Exception {
        CompletableFuture<String> inner =
                loop.submit(() -> Coroutine.of(await(pool.call(() -> "inner"))));
        inner.get(ofMillis(50).toMillis(), TimeUnit.MILLISECONDS);
    }
}
