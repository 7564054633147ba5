package com.acme;

import static dev.weft.Weft.await;
import static dev.weft.Weft.run;
import static dev.weft.Weft.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weft.Async;
import dev.weft.Coroutine;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SleepTest {

    @Async
    static Coroutine<Integer> later(int value) {
        return Coroutine.of(await(sleep(Duration.ofMillis(1), value)) + 1);
    }

    @Test
    void aTestAwaits() {
        assertEquals(42, run(later(41)));
        assertEquals(43, run(() -> Coroutine.of(await(later(41)) + 1)));
    }
}
