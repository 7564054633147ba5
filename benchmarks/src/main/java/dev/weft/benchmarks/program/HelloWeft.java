package dev.weft.benchmarks.program;

import static dev.weft.Weft.await;
import static dev.weft.Weft.run;
import static dev.weft.Weft.sleep;

import dev.weft.Async;
import dev.weft.Coroutine;
import java.time.Duration;

/** W10: says hello after one sleep of a millisecond. */
public final class HelloWeft {
    private HelloWeft() {}

    public static void main(String[] args) {
        run(hello());
    }

    @Async
    private static Coroutine<Void> hello() {
        await(sleep(Duration.ofMillis(1)));
        System.out.println("hello");
        return Coroutine.done();
    }
}
