package dev.weft.spec.docs;

import static dev.weft.Weft.await;
import static dev.weft.Weft.run;
import static dev.weft.Weft.sleep;
import static java.time.Duration.ofMillis;

import dev.weft.Async;
import dev.weft.Coroutine;

/** The program that docs/performance.md archives. */
final class PerformancePrograms {
    private PerformancePrograms() {}

    @Async
    private static Coroutine<Void> hello() {
        await(sleep(ofMillis(1)));
        System.out.println("hello");
        return Coroutine.done();
    }

    public static void main(String[] args) {
        run(hello());
    }
}
