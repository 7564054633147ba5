package dev.weft.benchmarks.service.weft;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.benchmarks.service.Request;
import dev.weft.benchmarks.service.Script;
import dev.weft.benchmarks.service.Service;
import dev.weft.benchmarks.service.Site;
import java.time.Duration;

/** A simulated back end. */
record BackEnd(Site site) {
    static final Duration PAUSE = Duration.ofMillis(Service.PAUSE_MILLIS);

    private static final Duration NEVER = Duration.ofHours(1);

    @Async
    Coroutine<Integer> call(Request request, int key) {
        switch (Script.delay(site, request)) {
            case NONE -> {}
            case TURN -> await(sleep(Duration.ZERO));
            case TIMER -> await(sleep(PAUSE));
            case NEVER -> await(sleep(NEVER));
        }
        return Coroutine.of(Script.answer(site, key));
    }
}
