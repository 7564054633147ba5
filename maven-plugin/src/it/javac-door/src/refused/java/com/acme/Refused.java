package com.acme;

import static dev.weft.Weft.await;

import dev.weft.Awaitable;

public class Refused {

    Integer plain(Awaitable<Integer> one) {
        return 1 + await(one);
    }
}
