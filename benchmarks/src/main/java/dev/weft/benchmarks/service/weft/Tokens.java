package dev.weft.benchmarks.service.weft;

import static dev.weft.Weft.await;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.benchmarks.service.Customer;
import dev.weft.benchmarks.service.Refusal;
import dev.weft.benchmarks.service.Request;
import dev.weft.benchmarks.service.Script;
import dev.weft.benchmarks.service.Site;

/** Finds the customer of a request. */
interface Tokens {
    Coroutine<Customer> customer(Request request) throws Refusal;

    /** Asks the back end. */
    record Remote(BackEnd backEnd) implements Tokens {
        @Override
        @Async
        public Coroutine<Customer> customer(Request request) throws Refusal {
            int number = request.customer();
            return Coroutine.of(Customer.of(number, await(backEnd.call(request, number))));
        }
    }

    /** Knows most customers. */
    record Cached(Tokens tokens) implements Tokens {
        @Override
        @Async
        public Coroutine<Customer> customer(Request request) throws Refusal {
            int number = request.customer();
            if (Script.cached(number)) {
                return Coroutine.of(Customer.of(number, Script.answer(Site.TOKENS, number)));
            }
            return Coroutine.of(await(tokens.customer(request)));
        }
    }
}
