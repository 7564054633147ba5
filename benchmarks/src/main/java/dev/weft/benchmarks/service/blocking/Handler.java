package dev.weft.benchmarks.service.blocking;

import dev.weft.benchmarks.service.Customer;
import dev.weft.benchmarks.service.Refusal;
import dev.weft.benchmarks.service.Reply;
import dev.weft.benchmarks.service.Request;
import java.util.concurrent.TimeoutException;

/** Answers the requests of a customer. */
interface Handler {
    Reply handle(Request request, Customer customer)
            throws Refusal, TimeoutException, InterruptedException;
}
