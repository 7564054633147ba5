package dev.weft.benchmarks.service.future;

import dev.weft.benchmarks.service.Offer;
import dev.weft.benchmarks.service.Product;
import dev.weft.benchmarks.service.Request;
import java.util.concurrent.CompletableFuture;

/** Offers by waiting for all futures, for three suppliers that are asked the same. */
record GatheredOffers(Timeouts timeouts, BackEnd first, BackEnd second, BackEnd third)
        implements Offers {
    @Override
    public CompletableFuture<Offer> offer(Request request, Product product) {
        int key = product.item();
        CompletableFuture<Integer> one = first.call(request, key);
        CompletableFuture<Integer> two = second.call(request, key);
        CompletableFuture<Integer> three = third.call(request, key);
        return timeouts.within(
                CompletableFuture.allOf(one, two, three)
                        .thenApply(all -> new Offer(one.join(), two.join(), three.join())));
    }
}
