package dev.weft.benchmarks.service.blocking;

import dev.weft.benchmarks.service.Product;
import dev.weft.benchmarks.service.Request;

/** Finds the product of a request. */
interface Catalogue {
    Product find(Request request) throws InterruptedException;

    /** Asks the back end. */
    record Remote(BackEnd backEnd) implements Catalogue {
        @Override
        public Product find(Request request) throws InterruptedException {
            return new Product(request.item(), backEnd.call(request, request.item()));
        }
    }
}
