package com.acme;

import static dev.weft.Weft.await;
import static dev.weft.Weft.run;
import static dev.weft.Weft.sleep;

import dev.weft.Async;
import dev.weft.Coroutine;
import java.time.Duration;

public class Version {

    @Async
    static Coroutine<String> newer() {
        return Coroutine.of(await(sleep(Duration.ofMillis(1), "newer")));
    }

    public static void main(String[] args) {
        System.out.println(run(newer()));
    }
}
