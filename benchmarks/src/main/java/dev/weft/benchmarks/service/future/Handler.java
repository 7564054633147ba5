package dev.weft.benchmarks.service.future;

import dev.weft.benchmarks.service.Customer;
import dev.weft.benchmarks.service.Reply;
import dev.weft.benchmarks.service.Request;
import java.util.concurrent.CompletableFuture;

/** Answers the requests of a customer. */
interface Handler {
    CompletableFuture<Reply> handle(Request request, Customer customer);
}
