package dev.weft.benchmarks.service.weft;

import dev.weft.Coroutine;
import dev.weft.benchmarks.service.Offer;
import dev.weft.benchmarks.service.Product;
import dev.weft.benchmarks.service.Request;
import java.util.concurrent.TimeoutException;

/** Asks three back ends about a product at once, and gives up when they take too long. */
interface Offers {
    Coroutine<Offer> offer(Request request, Product product) throws TimeoutException;
}
