package com.acme;

import static dev.weft.Weft.await;
import static dev.weft.Weft.run;
import static dev.weft.Weft.sleep;

import dev.weft.Async;
import dev.weft.Coroutine;
import java.time.Duration;

public class Version {

    @Async
    static Coroutine<String> older() {
        return Coroutine.of(await(sleep(Duration.ofMillis(1), "older")));
    }

    public static void main(String[] args) {
        System.out.println(run(older()));
    }
}
