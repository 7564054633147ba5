package dev.weft.benchmarks.service.weft;

import static dev.weft.Weft.await;
import static dev.weft.Weft.timeout;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.TaskGroup;
import dev.weft.benchmarks.service.Offer;
import dev.weft.benchmarks.service.Product;
import dev.weft.benchmarks.service.Request;
import dev.weft.benchmarks.service.Service;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** Offers by a task group. */
record GroupedOffers(BackEnd prices, BackEnd stock, BackEnd advice) implements Offers {
    static final Duration LIMIT = Duration.ofMillis(Service.LIMIT_MILLIS);

    @Override
    @Async
    public Coroutine<Offer> offer(Request request, Product product) throws TimeoutException {
        return Coroutine.of(await(timeout(LIMIT, together(request, product))));
    }

    private Coroutine<Offer> together(Request request, Product product) {
        return TaskGroup.scope(
                group -> {
                    Task<Integer> price = group.create(prices.call(request, product.group()));
                    Task<Integer> pieces = group.create(stock.call(request, product.item()));
                    Task<Integer> hint = group.create(advice.call(request, product.item()));
                    return Coroutine.of(new Offer(await(price), await(pieces), await(hint)));
                });
    }
}
