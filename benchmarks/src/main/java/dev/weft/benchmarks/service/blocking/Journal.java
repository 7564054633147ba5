package dev.weft.benchmarks.service.blocking;

import dev.weft.benchmarks.service.Entry;
import dev.weft.benchmarks.service.Ledger;
import dev.weft.benchmarks.service.Service;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/** Queues entries to a writer. */
record Journal(BlockingQueue<Entry> queue) {
    Journal() {
        this(new ArrayBlockingQueue<>(Service.JOURNAL_CAPACITY));
    }

    void write(Entry entry) throws InterruptedException {
        queue.put(entry);
    }

    /** Writes until the last entry, and gives up the turn for each batch. */
    @SuppressWarnings("ThreadPriorityCheck") // Giving up the turn is the latency of a batch.
    @Nullable Void writer(Ledger ledger) throws InterruptedException {
        int pending = 0;
        for (Entry entry = queue.take(); !entry.last(); entry = queue.take()) {
            synchronized (ledger) {
                ledger.written(entry);
            }
            pending++;
            if (pending == Service.JOURNAL_BATCH) {
                pending = 0;
                Thread.yield();
            }
        }
        return null;
    }
}
