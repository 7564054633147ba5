package com.acme;

import static dev.weft.Weft.sleep;

import dev.weft.Async;
import dev.weft.Coroutine;
import java.time.Duration;

public class Dropped {

    @Async
    Coroutine<Void> pause() {
        sleep(Duration.ofSeconds(1));
        return Coroutine.done();
    }

    @SuppressWarnings("weft:dropped-coroutine")
    void silenced() {
        sleep(Duration.ofSeconds(1));
    }
}
