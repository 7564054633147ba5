package com.acme.lib;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;

import dev.weft.Async;
import dev.weft.Coroutine;
import java.time.Duration;

public abstract class Base {

    @Async
    protected Coroutine<Integer> price(int quantity) {
        return Coroutine.of(await(sleep(Duration.ofMillis(1), 7)) * quantity);
    }
}
