package dev.weft.spec.ending;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofMillis;

import dev.weft.Async;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.Runner;
import dev.weft.Task;
import dev.weft.Weft;

/** The programs that {@link EndOfTheJvmTest} runs in JVMs of their own. */
final class Programs {
    private Programs() {}

    public static void main(String[] args) {
        switch (args[0]) {
            case "waits" -> Weft.run(() -> waits());
            case "waitsInRunner" -> {
                try (Runner runner = Weft.runner()) {
                    runner.run(() -> waits());
                }
            }
            case "exits" -> {
                Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("hook")));
                Weft.run(() -> exits());
            }
            case "exitsElsewhere" -> {
                Thread other = new Thread(() -> System.exit(3));
                Weft.run(() -> startsAndWaits(other));
            }
            case "sleeps" -> Weft.run(sleep(ofMillis(1)));
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    @Async
    private static Coroutine<Void> startsAndWaits(Thread other) {
        Task.create(() -> saysItsEnd("other"));
        await(sleep(ZERO));
        other.start();
        return mainThatCleansUp();
    }

    @Async
    private static Coroutine<Void> waits() {
        Task.create(() -> saysItsEnd("other"));
        await(sleep(ZERO));
        System.out.println("ready");
        return mainThatCleansUp();
    }

    @Async
    private static Coroutine<Void> mainThatCleansUp() {
        try {
            await(saysItsEnd("main"));
        } finally {
            await(sleep(ofMillis(1)));
            System.out.println("main cleaned up");
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> saysItsEnd(String name) {
        try {
            await(sleep(ofDays(1)));
        } catch (CancelledError e) {
            System.out.println(name + ": " + e.getMessage().substring(0, "shut down".length()));
            throw e;
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> exits() {
        await(sleep(ZERO));
        System.exit(3);
        return Coroutine.done();
    }
}
