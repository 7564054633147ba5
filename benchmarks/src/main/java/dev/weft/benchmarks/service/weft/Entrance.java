package dev.weft.benchmarks.service.weft;

import static dev.weft.Weft.await;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.benchmarks.service.Customer;
import dev.weft.benchmarks.service.Ledger;
import dev.weft.benchmarks.service.Refusal;
import dev.weft.benchmarks.service.Reply;
import dev.weft.benchmarks.service.Request;
import java.util.concurrent.TimeoutException;

/** Lets requests of known customers pass, and turns failures into replies. */
record Entrance(Tokens tokens, Handler next) {
    @Async
    Coroutine<Reply> handle(Request request) {
        try {
            return Coroutine.of(await(authorised(request)));
        } catch (Refusal | TimeoutException e) {
            return Coroutine.of(Ledger.failed(request, e));
        }
    }

    @Async
    private Coroutine<Reply> authorised(Request request) throws Refusal, TimeoutException {
        Customer customer = await(tokens.customer(request));
        return Coroutine.of(await(next.handle(request, customer)));
    }
}
