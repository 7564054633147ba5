package dev.weft.samples.tutorial;

import static dev.weft.Weft.await;
import static dev.weft.Weft.run;
import static dev.weft.Weft.sleep;
import static java.time.Duration.ofSeconds;

import dev.weft.Async;
import dev.weft.Coroutine;

/** Checks one link. Takes 1 s. */
public final class FirstCoroutine {
    private FirstCoroutine() {}

    @Async
    static Coroutine<String> check(String url) {
        System.out.println("checking " + url);
        await(sleep(ofSeconds(1))); // stands for a request
        return Coroutine.of(url + " is up");
    }

    @Async
    static Coroutine<Void> main() {
        Coroutine<String> checking = check("weft.dev");
        System.out.println("nothing has run yet");
        System.out.println(await(checking));
        return Coroutine.done();
    }

    public static void main(String[] args) {
        run(main());
    }
}
