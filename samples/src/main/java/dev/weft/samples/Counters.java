package dev.weft.samples;

import static dev.weft.Weft.await;
import static dev.weft.Weft.run;
import static dev.weft.Weft.sleep;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Task;
import java.time.Duration;

/** A task runs concurrently, a coroutine runs when it is awaited. Takes 2 s. */
public final class Counters {
    private Counters() {}

    @Async
    static Coroutine<String> counterLoop(String name, int n) {
        for (int i = 1; i <= n; i++) {
            System.out.println("Counter " + name + ": " + i);
            await(sleep(Duration.ofMillis(500)));
        }
        return Coroutine.of("Finished " + name + " in " + n);
    }

    @Async
    static Coroutine<Void> main() {
        Task<String> slow = Task.create(counterLoop("Slow", 4));
        Coroutine<String> fast = counterLoop("Fast", 2);

        System.out.println("Awaiting Fast");
        String fastResult = await(fast);
        System.out.println("Finished Fast");

        System.out.println("Awaiting Slow");
        String slowResult = await(slow);
        System.out.println("Finished Slow");

        System.out.println(fastResult + ", " + slowResult);
        return Coroutine.done();
    }

    public static void main(String[] args) {
        run(main());
    }
}
