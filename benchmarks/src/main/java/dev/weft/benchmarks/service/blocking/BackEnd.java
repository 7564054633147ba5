package dev.weft.benchmarks.service.blocking;

import dev.weft.benchmarks.service.Request;
import dev.weft.benchmarks.service.Script;
import dev.weft.benchmarks.service.Service;
import dev.weft.benchmarks.service.Site;

/** A simulated back end. */
record BackEnd(Site site) {
    private static final long HOUR_MILLIS = 3_600_000;

    @SuppressWarnings("ThreadPriorityCheck") // Giving up the turn is one of the latencies.
    int call(Request request, int key) throws InterruptedException {
        switch (Script.delay(site, request)) {
            case NONE -> {}
            case TURN -> Thread.yield();
            case TIMER -> Thread.sleep(Service.PAUSE_MILLIS);
            case NEVER -> Thread.sleep(HOUR_MILLIS);
        }
        return Script.answer(site, key);
    }
}
