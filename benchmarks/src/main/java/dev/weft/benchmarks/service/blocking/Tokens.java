package dev.weft.benchmarks.service.blocking;

import dev.weft.benchmarks.service.Customer;
import dev.weft.benchmarks.service.Refusal;
import dev.weft.benchmarks.service.Request;
import dev.weft.benchmarks.service.Script;
import dev.weft.benchmarks.service.Site;

/** Finds the customer of a request. */
interface Tokens {
    Customer customer(Request request) throws Refusal, InterruptedException;

    /** Asks the back end. */
    record Remote(BackEnd backEnd) implements Tokens {
        @Override
        public Customer customer(Request request) throws Refusal, InterruptedException {
            int number = request.customer();
            return Customer.of(number, backEnd.call(request, number));
        }
    }

    /** Knows most customers. */
    record Cached(Tokens tokens) implements Tokens {
        @Override
        public Customer customer(Request request) throws Refusal, InterruptedException {
            int number = request.customer();
            return Script.cached(number)
                    ? Customer.of(number, Script.answer(Site.TOKENS, number))
                    : tokens.customer(request);
        }
    }
}
