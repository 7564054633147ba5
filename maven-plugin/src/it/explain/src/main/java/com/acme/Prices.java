package com.acme;

import static dev.weft.Weft.await;

import dev.weft.Async;
import dev.weft.Coroutine;

class Prices {
    @Async
    Coroutine<Integer> total(Coroutine<Integer> price) {
        return Coroutine.of(await(price) + 1);
    }
}
