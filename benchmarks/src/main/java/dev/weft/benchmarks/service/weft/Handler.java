package dev.weft.benchmarks.service.weft;

import dev.weft.Coroutine;
import dev.weft.benchmarks.service.Customer;
import dev.weft.benchmarks.service.Refusal;
import dev.weft.benchmarks.service.Reply;
import dev.weft.benchmarks.service.Request;
import java.util.concurrent.TimeoutException;

/** Answers the requests of a customer. */
interface Handler {
    Coroutine<Reply> handle(Request request, Customer customer) throws Refusal, TimeoutException;
}
