package dev.weft.benchmarks.service.future;

import dev.weft.benchmarks.service.Product;
import dev.weft.benchmarks.service.Request;
import java.util.concurrent.CompletableFuture;

/** Finds the product of a request. */
interface Catalogue {
    CompletableFuture<Product> find(Request request);

    /** Asks the back end. */
    record Remote(BackEnd backEnd) implements Catalogue {
        @Override
        public CompletableFuture<Product> find(Request request) {
            int item = request.item();
            return backEnd.call(request, item).thenApply(group -> new Product(item, group));
        }
    }
}
