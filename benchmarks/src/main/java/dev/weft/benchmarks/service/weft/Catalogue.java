package dev.weft.benchmarks.service.weft;

import static dev.weft.Weft.await;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.benchmarks.service.Product;
import dev.weft.benchmarks.service.Request;

/** Finds the product of a request. */
interface Catalogue {
    Coroutine<Product> find(Request request);

    /** Asks the back end. */
    record Remote(BackEnd backEnd) implements Catalogue {
        @Override
        @Async
        public Coroutine<Product> find(Request request) {
            int group = await(backEnd.call(request, request.item()));
            return Coroutine.of(new Product(request.item(), group));
        }
    }
}
