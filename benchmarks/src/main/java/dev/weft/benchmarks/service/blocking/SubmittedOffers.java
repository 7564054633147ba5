package dev.weft.benchmarks.service.blocking;

import dev.weft.benchmarks.service.Offer;
import dev.weft.benchmarks.service.Product;
import dev.weft.benchmarks.service.Request;
import dev.weft.benchmarks.service.Service;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Offers by three tasks of an executor. */
record SubmittedOffers(ExecutorService executor, BackEnd prices, BackEnd stock, BackEnd advice)
        implements Offers {
    @Override
    public Offer offer(Request request, Product product)
            throws TimeoutException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Service.LIMIT_MILLIS);
        Future<Integer> price = executor.submit(() -> prices.call(request, product.group()));
        Future<Integer> pieces = executor.submit(() -> stock.call(request, product.item()));
        Future<Integer> hint = executor.submit(() -> advice.call(request, product.item()));
        try {
            return new Offer(result(price, end), result(pieces, end), result(hint, end));
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            price.cancel(true);
            pieces.cancel(true);
            hint.cancel(true);
        }
    }

    private static int result(Future<Integer> future, long end)
            throws ExecutionException, TimeoutException, InterruptedException {
        return future.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
    }
}
