package debugged;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Weft;

import java.time.Duration;

/** A program to step through. The argument decides whether awaits suspend. */
public final class Walk {
    private static boolean suspends;

    private int factor = 2;

    public static void main(String[] arguments) {
        suspends = arguments[0].equals("suspends");
        Weft.run(new Walk().outer()); // main runs
    }

    @Async
    private Coroutine<Integer> outer() {
        int sum = 1; // outer begins
        sum += await(inner(sum)); // outer awaits
        sum *= factor; // outer goes on
        return Coroutine.of(sum); // outer returns
    }

    @Async
    private static Coroutine<Integer> inner(int base) {
        int before = base + 1; // inner begins
        int got = await(step(40)); // inner awaits
        int after = before + got; // inner goes on
        return Coroutine.of(after); // inner returns
    }

    private static Coroutine<Integer> step(int value) {
        return suspends ? sleep(Duration.ofMillis(1), value) : Coroutine.of(value); // step
    }
}
