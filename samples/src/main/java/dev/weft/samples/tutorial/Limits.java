package dev.weft.samples.tutorial;

import static dev.weft.Weft.await;
import static dev.weft.Weft.run;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.timeout;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Task;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** Checks a link that does not answer, and shows progress meanwhile. Takes 2.5 s. */
public final class Limits {
    private Limits() {}

    @Async
    static Coroutine<String> slowCheck(String url) {
        try {
            await(sleep(ofSeconds(60)));
            return Coroutine.of(url + " is up");
        } finally {
            System.out.println("connection to " + url + " closed");
        }
    }

    @Async
    static Coroutine<String> checkWithin(Duration limit, String url) {
        try {
            return Coroutine.of(await(timeout(limit, slowCheck(url))));
        } catch (TimeoutException e) {
            return Coroutine.of(url + " is too slow");
        }
    }

    @Async
    static Coroutine<Void> showProgress() {
        while (true) {
            await(sleep(ofSeconds(1)));
            System.out.println("still checking");
        }
    }

    @Async
    static Coroutine<Void> main() {
        Task<Void> progress = Task.create(showProgress());
        System.out.println(await(checkWithin(ofMillis(2_500), "slow.example")));
        progress.cancel();
        return Coroutine.done();
    }

    public static void main(String[] args) {
        run(main());
    }
}
