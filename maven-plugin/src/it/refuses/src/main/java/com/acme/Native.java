package com.acme;

import dev.weft.Async;
import dev.weft.Coroutine;

public class Native {

    @Async
    static native Coroutine<Integer> elsewhere();
}
