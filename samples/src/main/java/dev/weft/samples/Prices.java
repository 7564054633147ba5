package dev.weft.samples;

import static dev.weft.Weft.*;
import static java.time.Duration.ofSeconds;

import dev.weft.*;
import java.time.Duration;

public class Prices {
    @Async
    static Coroutine<Integer> callApi(String message, int result, Duration delay) {
        System.out.println(message);
        await(sleep(delay));
        return Coroutine.of(result);
    }

    @Async
    static Coroutine<Void> main() {
        Task<Integer> goog = Task.create(callApi("Get stock price of GOOG...", 300, ofSeconds(3)));
        Task<Integer> appl = Task.create(callApi("Get stock price of APPL...", 400, ofSeconds(3)));
        System.out.println(await(goog));
        System.out.println(await(appl));
        return Coroutine.done();
    }

    public static void main(String[] args) {
        run(main());
    }
}
