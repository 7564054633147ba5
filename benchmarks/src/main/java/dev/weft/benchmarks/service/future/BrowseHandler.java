package dev.weft.benchmarks.service.future;

import dev.weft.benchmarks.service.Customer;
import dev.weft.benchmarks.service.Entry;
import dev.weft.benchmarks.service.Offer;
import dev.weft.benchmarks.service.Reply;
import dev.weft.benchmarks.service.Request;
import java.util.concurrent.CompletableFuture;

/** Shows a product: look up, ask the suppliers, write down. */
record BrowseHandler(Catalogue catalogue, Offers offers, Journal journal) implements Handler {
    @Override
    public CompletableFuture<Reply> handle(Request request, Customer customer) {
        return catalogue
                .find(request)
                .thenCompose(product -> offers.offer(request, product))
                .thenCompose(offer -> written(request, customer, offer));
    }

    private CompletableFuture<Reply> written(Request request, Customer customer, Offer offer) {
        int total = offer.total(customer, 1);
        return journal.write(new Entry(request.id(), total))
                .thenApply(end -> new Reply(request.id(), Reply.OK, total));
    }
}
