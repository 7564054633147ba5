package dev.weft.benchmarks.service.weft;

import dev.weft.Coroutine;
import dev.weft.benchmarks.service.Customer;
import dev.weft.benchmarks.service.Refusal;
import dev.weft.benchmarks.service.Reply;
import dev.weft.benchmarks.service.Request;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/** Chooses the handler of an action. */
record Router(Map<String, Handler> handlers) implements Handler {
    @Override
    public Coroutine<Reply> handle(Request request, Customer customer)
            throws Refusal, TimeoutException {
        Handler handler = handlers.get(request.action());
        return handler == null
                ? Coroutine.failed(new Refusal(Reply.UNKNOWN))
                : handler.handle(request, customer);
    }
}
