package dev.weft.samples;

import static dev.weft.Weft.await;
import static dev.weft.Weft.run;
import static dev.weft.Weft.sleep;

import dev.weft.Async;
import dev.weft.Coroutine;
import java.time.Duration;

/** Two fetches in a row: an await runs the coroutine to the end before the next line. Takes 2 s. */
public final class Sequential {
    private Sequential() {}

    @Async
    static Coroutine<Void> fetch(String source) {
        System.out.println("Starting " + source);
        await(sleep(Duration.ofSeconds(1)));
        System.out.println("Done " + source);
        return Coroutine.done();
    }

    @Async
    static Coroutine<Void> main() {
        await(fetch("source_A"));
        await(fetch("source_B"));
        return Coroutine.done();
    }

    public static void main(String[] args) {
        run(main());
    }
}
