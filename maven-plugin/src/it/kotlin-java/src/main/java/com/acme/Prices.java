package com.acme;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;

import dev.weft.Async;
import dev.weft.AsyncCloseable;
import dev.weft.Coroutine;
import java.time.Duration;

public class Prices implements AsyncCloseable {

    @Async
    public Coroutine<Integer> price(String name) {
        await(sleep(Duration.ofMillis(1)));
        return Coroutine.of(name.length() * Discount.PERCENT);
    }

    @Override
    @Async
    public Coroutine<Void> closeAsync() {
        await(sleep(Duration.ofMillis(1)));
        System.out.println("closed");
        return Coroutine.done();
    }
}
