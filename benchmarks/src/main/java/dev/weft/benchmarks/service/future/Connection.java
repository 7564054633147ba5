package dev.weft.benchmarks.service.future;

import dev.weft.benchmarks.service.Ledger;
import dev.weft.benchmarks.service.Parser;
import dev.weft.benchmarks.service.Reply;
import dev.weft.benchmarks.service.Traffic;
import java.util.concurrent.CompletableFuture;

/** Serves one request after the other. */
@SuppressWarnings("FutureReturnValueIgnored") // The end is a future of its own.
final class Connection implements Runnable {
    final CompletableFuture<Void> end = new CompletableFuture<>();
    private final Traffic traffic;
    private final Entrance entrance;
    private final Ledger ledger;

    Connection(Traffic traffic, Entrance entrance, Ledger ledger) {
        this.traffic = traffic;
        this.entrance = entrance;
        this.ledger = ledger;
    }

    /** Serves until a reply is not ready yet, and continues when the reply is ready. */
    @Override
    public void run() {
        try {
            for (String line = traffic.next(); line != null; line = traffic.next()) {
                CompletableFuture<Reply> reply = entrance.handle(Parser.parse(line));
                if (!reply.isDone()) {
                    reply.whenComplete(this::replied);
                    return;
                }
                ledger.replied(reply.join());
            }
            end.complete(null);
        } catch (RuntimeException e) {
            end.completeExceptionally(e);
        }
    }

    private void replied(Reply reply, Throwable failure) {
        if (failure != null) {
            end.completeExceptionally(failure);
            return;
        }
        ledger.replied(reply);
        run();
    }
}
