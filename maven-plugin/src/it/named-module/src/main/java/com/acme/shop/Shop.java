package com.acme.shop;

import static dev.weft.Weft.await;
import static dev.weft.Weft.run;
import static dev.weft.Weft.sleep;

import dev.weft.Async;
import dev.weft.Coroutine;
import java.time.Duration;

class Shop {

    @Async
    static Coroutine<String> open(String name) {
        String greeting = await(sleep(Duration.ofMillis(1), "welcome to "));
        return Coroutine.of(greeting + name);
    }

    public static void main(String[] args) {
        System.out.println(run(open(Shop.class.getModule().getName())));
    }
}
