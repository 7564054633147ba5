package dev.weft.benchmarks.service.future;

import dev.weft.benchmarks.service.Offer;
import dev.weft.benchmarks.service.Product;
import dev.weft.benchmarks.service.Request;
import java.util.concurrent.CompletableFuture;

/** Asks three back ends about a product at once, and gives up when they take too long. */
interface Offers {
    CompletableFuture<Offer> offer(Request request, Product product);
}
