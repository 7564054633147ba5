package dev.weft.spec.ending;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static java.time.Duration.ofDays;

import dev.weft.Async;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.Runner;
import dev.weft.Weft;

/** The programs that {@link ShutdownHookTest} runs in JVMs of their own, and ends by a signal. */
final class ShutdownHookPrograms {
    private ShutdownHookPrograms() {}

    public static void main(String[] args) throws InterruptedException {
        boolean hook = args[1].equals("on");
        switch (args[0]) {
            case "main" -> run(hook);
            case "other" -> {
                Thread other = new Thread(() -> run(hook));
                other.start();
                other.join();
            }
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    private static void run(boolean hook) {
        try (Runner runner = Weft.runner().shutdownHook(hook)) {
            runner.run(() -> waits());
        } finally {
            System.out.println("left run");
        }
    }

    @Async
    private static Coroutine<Void> waits() {
        System.out.println("ready");
        try {
            await(sleep(ofDays(1)));
        } catch (CancelledError cancelled) {
            System.out.println("cancelled");
            throw cancelled;
        }
        return Coroutine.done();
    }
}
