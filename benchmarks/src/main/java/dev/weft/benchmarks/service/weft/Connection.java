package dev.weft.benchmarks.service.weft;

import static dev.weft.Weft.await;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.benchmarks.service.Ledger;
import dev.weft.benchmarks.service.Parser;
import dev.weft.benchmarks.service.Traffic;

/** Serves one request after the other. */
record Connection(Traffic traffic, Entrance entrance, Ledger ledger) {
    @Async
    Coroutine<Void> serve() {
        for (String line = traffic.next(); line != null; line = traffic.next()) {
            ledger.replied(await(entrance.handle(Parser.parse(line))));
        }
        return Coroutine.done();
    }
}
