package dev.weft.benchmarks.service.future;

import dev.weft.benchmarks.peers.FutureLoop;
import dev.weft.benchmarks.service.Request;
import dev.weft.benchmarks.service.Script;
import dev.weft.benchmarks.service.Service;
import dev.weft.benchmarks.service.Site;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A simulated back end. */
record BackEnd(FutureLoop loop, Site site) {
    static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(Service.PAUSE_MILLIS);

    CompletableFuture<Integer> call(Request request, int key) {
        return switch (Script.delay(site, request)) {
            case NONE -> CompletableFuture.completedFuture(Script.answer(site, key));
            case TURN -> loop.turn().thenApply(turn -> Script.answer(site, key));
            case TIMER -> loop.sleep(PAUSE).thenApply(end -> Script.answer(site, key));
            case NEVER -> new CompletableFuture<>();
        };
    }
}
