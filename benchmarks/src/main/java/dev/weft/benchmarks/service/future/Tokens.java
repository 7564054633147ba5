package dev.weft.benchmarks.service.future;

import dev.weft.benchmarks.service.Customer;
import dev.weft.benchmarks.service.Refusal;
import dev.weft.benchmarks.service.Request;
import dev.weft.benchmarks.service.Script;
import dev.weft.benchmarks.service.Site;
import java.util.concurrent.CompletableFuture;

/** Finds the customer of a request. */
interface Tokens {
    CompletableFuture<Customer> customer(Request request);

    /** Returns the customer, or the refusal as a failure. */
    static CompletableFuture<Customer> known(int number, int answer) {
        try {
            return CompletableFuture.completedFuture(Customer.of(number, answer));
        } catch (Refusal e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Asks the back end. */
    record Remote(BackEnd backEnd) implements Tokens {
        @Override
        public CompletableFuture<Customer> customer(Request request) {
            int number = request.customer();
            return backEnd.call(request, number).thenCompose(answer -> known(number, answer));
        }
    }

    /** Knows most customers. */
    record Cached(Tokens tokens) implements Tokens {
        @Override
        public CompletableFuture<Customer> customer(Request request) {
            int number = request.customer();
            return Script.cached(number)
                    ? known(number, Script.answer(Site.TOKENS, number))
                    : tokens.customer(request);
        }
    }
}
