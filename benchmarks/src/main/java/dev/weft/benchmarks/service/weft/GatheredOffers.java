package dev.weft.benchmarks.service.weft;

import static dev.weft.Weft.await;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.timeout;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.benchmarks.service.Offer;
import dev.weft.benchmarks.service.Product;
import dev.weft.benchmarks.service.Request;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** Offers by a gather, for three suppliers that are asked the same. */
record GatheredOffers(BackEnd first, BackEnd second, BackEnd third) implements Offers {
    @Override
    @Async
    public Coroutine<Offer> offer(Request request, Product product) throws TimeoutException {
        int key = product.item();
        List<Integer> answers =
                await(
                        timeout(
                                GroupedOffers.LIMIT,
                                gather(
                                        first.call(request, key),
                                        second.call(request, key),
                                        third.call(request, key))));
        return Coroutine.of(new Offer(answers.get(0), answers.get(1), answers.get(2)));
    }
}
