package dev.weft.benchmarks.service.weft;

import static dev.weft.Weft.await;

import dev.weft.Async;
import dev.weft.Coroutine;
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
    @Async
    public Coroutine<Reply> handle(Request request, Customer customer)
            throws Refusal, TimeoutException {
        Product product = await(catalogue.find(request));
        Offer offer = await(offers.offer(request, product));
        int total = offer.total(customer, request.count());
        int number = await(Retry.retry(attempt -> reservations.reserve(request, total, attempt)));
        await(journal.write(new Entry(request.id(), total)));
        return Coroutine.of(new Reply(request.id(), Reply.OK, total + number));
    }
}
