package dev.weft.samples;

import dev.weft.Coroutine;
import dev.weft.Runner;
import dev.weft.Weft;
import java.time.Duration;

/** Runs a sample by its name in virtual time: in this JVM, or as the main class of a fresh one. */
final class InVirtualTime {
    private InVirtualTime() {}

    /** Runs it, and gives the time that its loop says it took. */
    static Duration run(String sample) {
        try (Runner runner = Weft.runner().virtualTime()) {
            runner.run(main(sample));
            return Duration.ofNanos(runner.loop().time());
        }
    }

    private static Coroutine<Void> main(String sample) {
        return switch (sample) {
            case "Sequential" -> Sequential.main();
            case "Concurrent" -> Concurrent.main();
            case "States" -> States.main();
            case "CallsInARow" -> CallsInARow.main();
            case "CallsAtOnce" -> CallsAtOnce.main();
            case "Progress" -> Progress.main();
            case "Counters" -> Counters.main();
            default -> throw new IllegalArgumentException("no sample " + sample);
        };
    }

    public static void main(String[] args) {
        run(args[0]);
    }
}
