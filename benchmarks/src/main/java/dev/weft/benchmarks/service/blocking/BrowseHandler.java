package dev.weft.benchmarks.service.blocking;

import dev.weft.benchmarks.service.Customer;
import dev.weft.benchmarks.service.Entry;
import dev.weft.benchmarks.service.Offer;
import dev.weft.benchmarks.service.Product;
import dev.weft.benchmarks.service.Reply;
import dev.weft.benchmarks.service.Request;
import java.util.concurrent.TimeoutException;

/** Shows a product: look up, ask the suppliers, write down. */
record BrowseHandler(Catalogue catalogue, Offers offers, Journal journal) implements Handler {
    @Override
    public Reply handle(Request request, Customer customer)
            throws TimeoutException, InterruptedException {
        Product product = catalogue.find(request);
        Offer offer = offers.offer(request, product);
        int total = offer.total(customer, 1);
        journal.write(new Entry(request.id(), total));
        return new Reply(request.id(), Reply.OK, total);
    }
}
