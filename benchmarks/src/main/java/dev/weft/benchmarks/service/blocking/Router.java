package dev.weft.benchmarks.service.blocking;

import dev.weft.benchmarks.service.Customer;
import dev.weft.benchmarks.service.Refusal;
import dev.weft.benchmarks.service.Reply;
import dev.weft.benchmarks.service.Request;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/** Chooses the handler of an action. */
record Router(Map<String, Handler> handlers) implements Handler {
    @Override
    public Reply handle(Request request, Customer customer)
            throws Refusal, TimeoutException, InterruptedException {
        Handler handler = handlers.get(request.action());
        if (handler == null) {
            throw new Refusal(Reply.UNKNOWN);
        }
        return handler.handle(request, customer);
    }
}
