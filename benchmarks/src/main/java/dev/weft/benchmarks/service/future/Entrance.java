package dev.weft.benchmarks.service.future;

import dev.weft.benchmarks.service.Ledger;
import dev.weft.benchmarks.service.Reply;
import dev.weft.benchmarks.service.Request;
import java.util.concurrent.CompletableFuture;

/** Lets requests of known customers pass, and turns failures into replies. */
record Entrance(Tokens tokens, Handler next) {
    CompletableFuture<Reply> handle(Request request) {
        return tokens.customer(request)
                .thenCompose(customer -> next.handle(request, customer))
                .exceptionally(failure -> Ledger.failed(request, Failures.of(failure)));
    }
}
