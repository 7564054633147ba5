package dev.weft.spec.debugging;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static java.time.Duration.ofMillis;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Weft;

/** The program that {@link SteppingTest} debugs. */
final class SteppingProgram {
    private SteppingProgram() {}

    public static void main(String[] args) {
        Weft.run(() -> outer());
    }

    @Async
    private static Coroutine<Void> outer() {
        int value = await(inner());
        System.out.println(value); // after the await in outer
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Integer> inner() {
        await(sleep(ofMillis(50))); // the await in inner
        int value = 1; // after the await in inner
        return Coroutine.of(value);
    }
}
