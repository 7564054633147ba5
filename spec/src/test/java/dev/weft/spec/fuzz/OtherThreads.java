package dev.weft.spec.fuzz;

import static dev.weft.Weft.await;
import static dev.weft.Weft.blocking;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.timeout;
import static dev.weft.Weft.waitUntil;
import static dev.weft.junit.VirtualTime.iterations;
import static dev.weft.spec.support.Awaits.thrownBy;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofNanos;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.weft.Async;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Promise;
import dev.weft.ReturnWhen;
import dev.weft.Runner;
import dev.weft.Task;
import dev.weft.TaskGroup;
import dev.weft.Weft;
import dev.weft.spec.support.OtherThread;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** One loop, other threads that use it at any moment, and its end at a random moment. */
final class OtherThreads {
    private static final int SENDERS = 3;
    private static final int OPERATIONS = 300;
    private static final int PROMISES = 40;
    private static final int RUNS = 4;

    private final Random random;
    private final boolean interrupts;
    private final boolean failsInCleanUps;
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger ran = new AtomicInteger();
    private final AtomicInteger thrownInCleanUps = new AtomicInteger();
    private final AtomicInteger reported = new AtomicInteger();
    private final Queue<CompletableFuture<?>> futures = new ConcurrentLinkedQueue<>();
    private final List<Promise<Integer>> promises = new ArrayList<>();

    OtherThreads(long seed, boolean interrupts, boolean failsInCleanUps) {
        this.random = new Random(seed);
        this.interrupts = interrupts;
        this.failsInCleanUps = failsInCleanUps;
    }

    /** Runs the loop on this thread, closes it, and checks that nothing was lost. */
    void check() throws Exception {
        List<FutureTask<Void>> threads = new ArrayList<>();
        try (Runner runner = Weft.runner()) {
            runner.exceptionHandler(report -> reported.incrementAndGet());
            EventLoop loop = runner.loop();
            for (int i = 0; i < PROMISES; i++) {
                promises.add(new Promise<>(loop));
            }
            if (failsInCleanUps) {
                promises.forEach(promise -> futures.add(promise.toCompletableFuture()));
            }
            for (int i = 0; i < SENDERS; i++) {
                Random own = new Random(random.nextLong());
                threads.add(OtherThread.start(() -> sends(loop, own)));
            }
            if (interrupts) {
                Thread thread = Thread.currentThread();
                Random own = new Random(random.nextLong());
                threads.add(OtherThread.start(() -> interrupts(thread, own)));
            }
            for (int i = 0; i < RUNS; i++) {
                run(runner);
            }
        } finally {
            Thread.interrupted();
        }
        for (FutureTask<Void> thread : threads) {
            join(thread);
        }
        Thread.interrupted();
        assertNothingIsLost();
    }

    /** Waits for the end of a thread, however often this one is interrupted. */
    private static void join(FutureTask<Void> thread) throws Exception {
        while (true) {
            try {
                thread.get(20, TimeUnit.SECONDS);
                return;
            } catch (InterruptedException again) {
                Thread.onSpinWait();
            }
        }
    }

    private void assertNothingIsLost() {
        assertThat(ran.get()).as("callbacks that ran").isEqualTo(accepted.get());
        assertThat(futures.stream().filter(future -> !future.isDone()).count())
                .as("futures that are pending after the end")
                .isZero();
        assertThat(promises).allMatch(promise -> promise.done() || promise.complete(1));
        long seen = futures.stream().filter(OtherThreads::hasFailedInItsCleanUp).count();
        assertThat(reported.get()).as("reports").isEqualTo(thrownInCleanUps.get() - seen);
    }

    private static boolean hasFailedInItsCleanUp(CompletableFuture<?> future) {
        return future.isCompletedExceptionally()
                && !future.isCancelled()
                && catchThrowable(future::join).getCause() instanceof IllegalStateException;
    }

    private void run(Runner runner) {
        try {
            assertThat(runner.<String>run(() -> main())).isEqualTo("main");
        } catch (CancelledError interrupted) {
            assertThat(interrupts).isTrue();
        }
    }

    /** Waits for random promises in random ways. */
    @Async
    private Coroutine<String> main() throws TimeoutException {
        for (int i = 0; i < 6; i++) {
            Promise<Integer> promise = promises.get(random.nextInt(PROMISES));
            switch (random.nextInt(failsInCleanUps ? 5 : 4)) {
                case 0 -> await(thrownBy(timeout(ofNanos(50_000), promise)));
                case 1 -> await(blocking(() -> 1));
                case 2 -> await(thrownBy(group(promise)));
                case 3 -> await(iterations(3));
                default ->
                        assertThat(
                                        await(
                                                waitUntil(
                                                        ReturnWhen.FIRST_COMPLETED,
                                                        ofMillis(1),
                                                        promises)))
                                .isNotNull();
            }
        }
        return Coroutine.of("main");
    }

    private static Coroutine<Void> group(Promise<Integer> promise) {
        return TaskGroup.scope(
                group -> {
                    Task<Integer> waits = group.create(() -> Coroutine.of(await(promise)));
                    await(iterations(2));
                    group.cancel();
                    return waits.done() ? Coroutine.done() : sleep(ofMillis(1));
                });
    }

    private Void sends(EventLoop loop, Random own) {
        try {
            for (int i = 0; i < OPERATIONS; i++) {
                operate(loop, own);
                spin(own.nextInt(3_000));
            }
        } catch (RejectedExecutionException closed) {
            return null;
        }
        return null;
    }

    private void operate(EventLoop loop, Random own) {
        switch (own.nextInt(6)) {
            case 0, 1 -> {
                loop.execute(ran::incrementAndGet);
                accepted.incrementAndGet();
            }
            case 2 -> futures.add(loop.submit(() -> sleep(ofNanos(own.nextInt(100_000)), 1)));
            case 3 -> futures.add(loop.submit(() -> waitsAndMayFail()));
            case 4 -> {
                Promise<Integer> promise = promises.get(own.nextInt(PROMISES));
                boolean settled =
                        own.nextBoolean()
                                ? promise.complete(1)
                                : promise.fail(new RuntimeException("promise"));
                assertThat(promise.done()).as("done, settled here: %s", settled).isTrue();
            }
            default -> {
                CompletableFuture<?> future = futures.peek();
                if (future != null) {
                    future.cancel(true);
                }
            }
        }
    }

    @Async
    private Coroutine<Integer> waitsAndMayFail() {
        try {
            await(sleep(ofMillis(2)));
        } catch (CancelledError cancelled) {
            if (failsInCleanUps) {
                thrownInCleanUps.incrementAndGet();
                throw new IllegalStateException("clean-up");
            }
            throw cancelled;
        }
        return Coroutine.of(1);
    }

    private Void interrupts(Thread loop, Random own) {
        for (int i = 0; i < 5; i++) {
            spin(own.nextInt(1_000_000));
            loop.interrupt();
        }
        return null;
    }

    private static void spin(int nanos) {
        long until = System.nanoTime() + nanos;
        while (System.nanoTime() < until) {
            Thread.onSpinWait();
        }
    }
}
