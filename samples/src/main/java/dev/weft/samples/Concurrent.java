package dev.weft.samples;

import static dev.weft.Weft.await;
import static dev.weft.Weft.run;
import static dev.weft.Weft.sleep;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Task;
import java.time.Duration;

/** Two fetches at once: a task runs concurrently with its creator. Takes 1 s. */
public final class Concurrent {
    private Concurrent() {}

    @Async
    static Coroutine<Void> fetch(String source) {
        System.out.println("Starting " + source);
        await(sleep(Duration.ofSeconds(1)));
        System.out.println("Done " + source);
        return Coroutine.done();
    }

    @Async
    static Coroutine<Void> main() {
        Task<Void> a = Task.create(fetch("source_A"));
        Task<Void> b = Task.create(fetch("source_B"));
        await(a);
        await(b);
        return Coroutine.done();
    }

    public static void main(String[] args) {
        run(main());
    }
}
