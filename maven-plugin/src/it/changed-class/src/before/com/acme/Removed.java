package com.acme;

import static dev.weft.Weft.await;

import dev.weft.Async;
import dev.weft.Awaitable;
import dev.weft.Coroutine;

public class Removed {

    @Async
    Coroutine<Integer> fine(Awaitable<Integer> one) {
        return Coroutine.of(await(one));
    }
}
