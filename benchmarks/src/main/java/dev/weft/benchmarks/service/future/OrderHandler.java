package dev.weft.benchmarks.service.future;

import dev.weft.benchmarks.service.Customer;
import dev.weft.benchmarks.service.Entry;
import dev.weft.benchmarks.service.Offer;
import dev.weft.benchmarks.service.Reply;
import dev.weft.benchmarks.service.Request;
import java.util.concurrent.CompletableFuture;

/** Orders a product: look up, ask for an offer, reserve, write down. */
record OrderHandler(
        Catalogue catalogue, Offers offers, Retry retry, Reservations reservations, Journal journal)
        implements Handler {
    @Override
    public CompletableFuture<Reply> handle(Request request, Customer customer) {
        return catalogue
                .find(request)
                .thenCompose(product -> offers.offer(request, product))
                .thenCompose(offer -> reserved(request, customer, offer));
    }

    private CompletableFuture<Reply> reserved(Request request, Customer customer, Offer offer) {
        int total = offer.total(customer, request.count());
        return retry.retry(attempt -> reservations.reserve(request, total, attempt))
                .thenCompose(number -> written(request, total, number));
    }

    private CompletableFuture<Reply> written(Request request, int total, int number) {
        return journal.write(new Entry(request.id(), total))
                .thenApply(end -> new Reply(request.id(), Reply.OK, total + number));
    }
}
