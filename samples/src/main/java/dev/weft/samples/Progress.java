package dev.weft.samples;

import static dev.weft.Weft.await;
import static dev.weft.Weft.run;
import static dev.weft.Weft.sleep;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Task;
import java.time.Duration;

/** Two slow calls at once, and a task that shows progress. Takes 3 s. */
public final class Progress {
    private static final Duration THREE_SECONDS = Duration.ofSeconds(3);

    private Progress() {}

    @Async
    static Coroutine<Integer> callApi(String message, int result, Duration delay) {
        System.out.println(message);
        await(sleep(delay));
        return Coroutine.of(result);
    }

    @Async
    static Coroutine<Void> showMessage() {
        for (int i = 0; i < 3; i++) {
            await(sleep(Duration.ofSeconds(1)));
            System.out.println("API call is in progress...");
        }
        return Coroutine.done();
    }

    @Async
    static Coroutine<Void> main() {
        EventLoop loop = EventLoop.current();
        long start = loop.time();

        Task<Void> message = Task.create(showMessage());
        Task<Integer> goog = Task.create(callApi("Get stock price of GOOG...", 300, THREE_SECONDS));
        Task<Integer> appl = Task.create(callApi("Get stock price of APPL...", 300, THREE_SECONDS));
        System.out.println(await(goog));
        System.out.println(await(appl));
        await(message);

        System.out.printf(
                "It took %d second(s) to complete.%n", Math.round((loop.time() - start) / 1e9));
        return Coroutine.done();
    }

    public static void main(String[] args) {
        run(main());
    }
}
