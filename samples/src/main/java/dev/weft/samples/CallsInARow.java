package dev.weft.samples;

import static dev.weft.Weft.await;
import static dev.weft.Weft.run;
import static dev.weft.Weft.sleep;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import java.time.Duration;

/** Two slow calls in a row. Takes 6 s, by the clock of the loop. */
public final class CallsInARow {
    private static final Duration THREE_SECONDS = Duration.ofSeconds(3);

    private CallsInARow() {}

    @Async
    static Coroutine<Integer> callApi(String message, int result, Duration delay) {
        System.out.println(message);
        await(sleep(delay));
        return Coroutine.of(result);
    }

    @Async
    static Coroutine<Void> main() {
        EventLoop loop = EventLoop.current();
        long start = loop.time();

        int price = await(callApi("Get stock price of GOOG...", 300, THREE_SECONDS));
        System.out.println(price);
        price = await(callApi("Get stock price of APPL...", 400, THREE_SECONDS));
        System.out.println(price);

        System.out.printf(
                "It took %d second(s) to complete.%n", Math.round((loop.time() - start) / 1e9));
        return Coroutine.done();
    }

    public static void main(String[] args) {
        run(main());
    }
}
