package dev.weft.benchmarks.service.blocking;

import dev.weft.benchmarks.service.Customer;
import dev.weft.benchmarks.service.Entry;
import dev.weft.benchmarks.service.Offer;
import dev.weft.benchmarks.service.Product;
import dev.weft.benchmarks.service.Refusal;
import dev.weft.benchmarks.service.Reply;
import dev.weft.benchmarks.service.Request;
import java.util.concurrent.TimeoutException;

/** Orders a product: look up, ask for an offer, reserve, write down. */
record OrderHandler(Catalogue catalogue, Offers offers, Reservations reservations, Journal journal)
        implements Handler {
    @Override
    public Reply handle(Request request, Customer customer)
            throws Refusal, TimeoutException, InterruptedException {
        Product product = catalogue.find(request);
        Offer offer = offers.offer(request, product);
        int total = offer.total(customer, request.count());
        int number = Retry.retry(attempt -> reservations.reserve(request, total, attempt));
        journal.write(new Entry(request.id(), total));
        return new Reply(request.id(), Reply.OK, total + number);
    }
}
