package com.acme;

import static dev.weft.Weft.await;
import static dev.weft.Weft.run;
import static dev.weft.Weft.sleep;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Task;
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
        Duration delay = Duration.ofMillis(20);
        Task<Integer> goog = Task.create(callApi("Get stock price of GOOG...", 300, delay));
        Task<Integer> appl = Task.create(() -> callApi("Get stock price of APPL...", 400, delay));
        System.out.println(await(goog));
        System.out.println(await(appl));
        System.out.println(await(Task.create(() -> Coroutine.of(await(goog) + await(appl)))));
        return Coroutine.done();
    }

    public static void main(String[] args) {
        run(main());
    }
}
