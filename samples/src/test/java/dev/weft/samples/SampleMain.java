package dev.weft.samples;

import dev.weft.Coroutine;
import dev.weft.Runner;
import dev.weft.Weft;
import java.time.Duration;

/** Runs a sample by its name in virtual time. The main class of the JVMs that a test starts. */
final class SampleMain {
    private SampleMain() {}

    public static void main(String[] args) {
        run(args[0]);
    }

    /** Runs the sample and returns the virtual time that it took. */
    static Duration run(String sample) {
        try (Runner runner = Weft.runner().virtualTime()) {
            runner.run(mainOf(sample));
            return Duration.ofNanos(runner.loop().time());
        }
    }

    private static Coroutine<Void> mainOf(String sample) {
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
}
