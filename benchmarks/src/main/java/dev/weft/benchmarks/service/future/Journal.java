package dev.weft.benchmarks.service.future;

import dev.weft.benchmarks.peers.FutureLoop;
import dev.weft.benchmarks.service.Entry;
import dev.weft.benchmarks.service.Ledger;
import dev.weft.benchmarks.service.Service;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Queues entries to a writer. A put that finds no room waits in a queue of its own. */
@SuppressWarnings("FutureReturnValueIgnored") // The end is a future of its own.
final class Journal {
    private static final CompletableFuture<Void> WRITTEN = CompletableFuture.completedFuture(null);

    final CompletableFuture<Void> end = new CompletableFuture<>();
    private final FutureLoop loop;
    private final Ledger ledger;
    private final ArrayDeque<Entry> entries = new ArrayDeque<>();
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private boolean idle = true;
    private int pending;

    Journal(FutureLoop loop, Ledger ledger) {
        this.loop = loop;
        this.ledger = ledger;
    }

    private record Waiting(Entry entry, CompletableFuture<Void> put) {}

    CompletableFuture<Void> write(Entry entry) {
        if (entries.size() == Service.JOURNAL_CAPACITY) {
            Waiting put = new Waiting(entry, new CompletableFuture<>());
            waiting.add(put);
            return put.put;
        }
        entries.add(entry);
        if (idle) {
            idle = false;
            loop.execute(this::writeAll);
        }
        return WRITTEN;
    }

    /** Writes until the queue is empty, and gives up the turn for each batch. */
    private void writeAll() {
        for (Entry entry = next(); entry != null; entry = next()) {
            if (entry.last()) {
                end.complete(null);
                return;
            }
            ledger.written(entry);
            pending++;
            if (pending == Service.JOURNAL_BATCH) {
                pending = 0;
                loop.turn().thenRun(this::writeAll);
                return;
            }
        }
        idle = true;
    }

    private @Nullable Entry next() {
        Entry next = entries.poll();
        Waiting first = waiting.poll();
        if (first != null) {
            entries.add(first.entry);
            loop.execute(() -> first.put.complete(null));
        }
        return next;
    }
}
