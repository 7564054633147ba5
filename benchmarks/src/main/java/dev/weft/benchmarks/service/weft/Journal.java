package dev.weft.benchmarks.service.weft;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.benchmarks.service.Entry;
import dev.weft.benchmarks.service.Ledger;
import dev.weft.benchmarks.service.Service;
import dev.weft.sync.AsyncQueue;
import java.time.Duration;

/** Queues entries to a writer. */
record Journal(AsyncQueue<Entry> queue) {
    Journal() {
        this(new AsyncQueue<>(Service.JOURNAL_CAPACITY));
    }

    Coroutine<Void> write(Entry entry) {
        return queue.put(entry);
    }

    /** Writes until the last entry, and gives up the turn for each batch. */
    @Async
    Coroutine<Void> writer(Ledger ledger) {
        int pending = 0;
        for (Entry entry = await(queue.get()); !entry.last(); entry = await(queue.get())) {
            ledger.written(entry);
            pending++;
            if (pending == Service.JOURNAL_BATCH) {
                pending = 0;
                await(sleep(Duration.ZERO));
            }
        }
        return Coroutine.done();
    }
}
