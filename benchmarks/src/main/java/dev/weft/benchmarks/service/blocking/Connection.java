package dev.weft.benchmarks.service.blocking;

import dev.weft.benchmarks.service.Ledger;
import dev.weft.benchmarks.service.Parser;
import dev.weft.benchmarks.service.Reply;
import dev.weft.benchmarks.service.Traffic;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Serves one request after the other. */
record Connection(Traffic traffic, Entrance entrance, Ledger ledger)
        implements Callable<@Nullable Void> {
    @Override
    public @Nullable Void call() throws InterruptedException {
        for (String line = traffic.next(); line != null; line = traffic.next()) {
            Reply reply = entrance.handle(Parser.parse(line));
            synchronized (ledger) {
                ledger.replied(reply);
            }
        }
        return null;
    }
}
