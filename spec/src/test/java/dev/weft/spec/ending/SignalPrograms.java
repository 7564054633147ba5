package dev.weft.spec.ending;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofMillis;

import dev.weft.Async;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Weft;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;

/** The programs that {@link SignalTest} runs in JVMs of their own, and ends by a signal. */
final class SignalPrograms {
    private SignalPrograms() {}

    public static void main(String[] args) throws InterruptedException {
        switch (args[0]) {
            case "finallyAroundRun" -> finallyAroundRun();
            case "exitsInItsCleanUp" -> Weft.run(() -> exitsInItsCleanUp());
            case "runPerRequest" -> runPerRequest();
            case "drainedByItsOwner" -> drainedByItsOwner();
            case "swallowsEverything" -> Weft.run(() -> swallowsEverything());
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    private static void finallyAroundRun() {
        try {
            Weft.run(() -> ready());
        } finally {
            long until = System.nanoTime() + ofMillis(100).toNanos();
            while (System.nanoTime() < until) {
                Thread.onSpinWait();
            }
            System.out.println("finally around run");
        }
    }

    @Async
    private static Coroutine<Void> ready() {
        System.out.println("ready");
        await(sleep(ofDays(1)));
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> exitsInItsCleanUp() {
        try {
            await(ready());
        } catch (CancelledError cancelled) {
            System.exit(3);
        }
        return Coroutine.done();
    }

    /** Runs one loop after another on several threads, like a server without async code. */
    private static void runPerRequest() throws InterruptedException {
        CountDownLatch running = new CountDownLatch(3);
        Thread thread = null;
        for (int i = 0; i < 3; i++) {
            thread =
                    new Thread(
                            () -> {
                                while (true) {
                                    oneRequest(running);
                                }
                            });
            thread.start();
        }
        running.await();
        System.out.println("ready");
        thread.join();
    }

    private static void oneRequest(CountDownLatch running) {
        try {
            Weft.run(() -> counted(running));
        } catch (CancelledError | IllegalStateException ended) {
            Thread.onSpinWait(); // the next request follows at once
        }
    }

    private static Coroutine<Void> counted(CountDownLatch running) {
        running.countDown();
        return sleep(ofDays(1));
    }

    /** Keeps a loop on a thread of its own, and lets it finish its work in a shutdown hook. */
    private static void drainedByItsOwner() throws InterruptedException {
        CompletableFuture<EventLoop> loop = new CompletableFuture<>();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> drain(loop.join())));
        Thread thread = new Thread(() -> Weft.run(() -> serves(loop)));
        thread.start();
        thread.join();
    }

    @Async
    private static Coroutine<Void> serves(CompletableFuture<EventLoop> loop) {
        loop.complete(EventLoop.current());
        try {
            await(ready());
        } finally {
            System.out.println("cancelled");
        }
        return Coroutine.done();
    }

    private static void drain(EventLoop loop) {
        try {
            System.out.println(loop.submit(() -> sleep(ofMillis(300), "drained")).get());
        } catch (InterruptedException | ExecutionException | RuntimeException e) {
            System.out.println("not drained");
        }
    }

    @Async
    private static Coroutine<Void> swallowsEverything() {
        System.out.println("ready");
        while (true) {
            try {
                await(sleep(ofDays(1)));
            } catch (CancelledError swallowed) {
                await(sleep(ofMillis(1)));
            }
        }
    }
}
