package dev.weft.benchmarks.service.future;

import dev.weft.benchmarks.service.Offer;
import dev.weft.benchmarks.service.Product;
import dev.weft.benchmarks.service.Request;
import java.util.concurrent.CompletableFuture;

/** Offers by combining futures in pairs. */
record CombinedOffers(Timeouts timeouts, BackEnd prices, BackEnd stock, BackEnd advice)
        implements Offers {
    private record Pair(int price, int stock) {}

    @Override
    public CompletableFuture<Offer> offer(Request request, Product product) {
        CompletableFuture<Integer> price = prices.call(request, product.group());
        CompletableFuture<Integer> pieces = stock.call(request, product.item());
        CompletableFuture<Integer> hint = advice.call(request, product.item());
        return timeouts.within(
                price.thenCombine(pieces, Pair::new)
                        .thenCombine(
                                hint, (pair, third) -> new Offer(pair.price, pair.stock, third)));
    }
}
