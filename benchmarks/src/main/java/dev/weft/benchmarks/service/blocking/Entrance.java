package dev.weft.benchmarks.service.blocking;

import dev.weft.benchmarks.service.Customer;
import dev.weft.benchmarks.service.Ledger;
import dev.weft.benchmarks.service.Refusal;
import dev.weft.benchmarks.service.Reply;
import dev.weft.benchmarks.service.Request;
import java.util.concurrent.TimeoutException;

/** Lets requests of known customers pass, and turns failures into replies. */
record Entrance(Tokens tokens, Handler next) {
    Reply handle(Request request) throws InterruptedException {
        try {
            Customer customer = tokens.customer(request);
            return next.handle(request, customer);
        } catch (Refusal | TimeoutException e) {
            return Ledger.failed(request, e);
        }
    }
}
