package dev.weft.benchmarks.service.blocking;

import dev.weft.benchmarks.service.Offer;
import dev.weft.benchmarks.service.Product;
import dev.weft.benchmarks.service.Request;
import dev.weft.benchmarks.service.Service;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Offers by one call of an executor, for three suppliers that are asked the same. */
record InvokedOffers(ExecutorService executor, BackEnd first, BackEnd second, BackEnd third)
        implements Offers {
    @Override
    public Offer offer(Request request, Product product)
            throws TimeoutException, InterruptedException {
        int key = product.item();
        List<Future<Integer>> answers =
                executor.invokeAll(
                        List.of(
                                () -> first.call(request, key),
                                () -> second.call(request, key),
                                () -> third.call(request, key)),
                        Service.LIMIT_MILLIS,
                        TimeUnit.MILLISECONDS);
        return new Offer(result(answers, 0), result(answers, 1), result(answers, 2));
    }

    private static int result(List<Future<Integer>> answers, int index)
            throws TimeoutException, InterruptedException {
        Future<Integer> answer = answers.get(index);
        if (answer.isCancelled()) {
            throw new TimeoutException();
        }
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
