package dev.weft.benchmarks.service.future;

import dev.weft.benchmarks.service.Refusal;
import dev.weft.benchmarks.service.Reply;
import dev.weft.benchmarks.service.Request;
import dev.weft.benchmarks.service.Script;
import java.util.concurrent.CompletableFuture;

/** Reserves what is ordered. */
interface Reservations {
    CompletableFuture<Integer> reserve(Request request, int total, int attempt);

    /** Asks the back end, which fails at times. */
    record Remote(BackEnd backEnd) implements Reservations {
        @Override
        public CompletableFuture<Integer> reserve(Request request, int total, int attempt) {
            return backEnd.call(request, total)
                    .thenCompose(
                            number ->
                                    Script.fails(request, attempt)
                                            ? CompletableFuture.failedFuture(
                                                    new Refusal(Reply.UNAVAILABLE))
                                            : CompletableFuture.completedFuture(number));
        }
    }
}
