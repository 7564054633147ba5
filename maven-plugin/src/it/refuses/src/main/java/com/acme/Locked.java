package com.acme;

import static dev.weft.Weft.await;

import dev.weft.Async;
import dev.weft.Awaitable;
import dev.weft.Coroutine;

public class Locked {

    @Async
    Coroutine<Integer> inside(Awaitable<Integer> one) {
        synchronized (this) {
            return Coroutine.of(await(one));
        }
    }

    Integer plain(Awaitable<Integer> one) {
        return await(one);
    }

    @Async
    Coroutine<Integer> fine(Awaitable<Integer> one) {
        return Coroutine.of(await(one));
    }
}
