package com.acme;

import static dev.weft.Weft.await;

import dev.weft.Async;
import dev.weft.Awaitable;
import dev.weft.Coroutine;

public class Fewer {

    @Async
    Coroutine<Integer> kept(Awaitable<Integer> one) {
        return Coroutine.of(await(one));
    }
}
