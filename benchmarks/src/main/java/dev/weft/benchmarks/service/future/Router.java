package dev.weft.benchmarks.service.future;

import dev.weft.benchmarks.service.Customer;
import dev.weft.benchmarks.service.Refusal;
import dev.weft.benchmarks.service.Reply;
import dev.weft.benchmarks.service.Request;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Chooses the handler of an action. */
record Router(Map<String, Handler> handlers) implements Handler {
    @Override
    public CompletableFuture<Reply> handle(Request request, Customer customer) {
        Handler handler = handlers.get(request.action());
        return handler == null
                ? CompletableFuture.failedFuture(new Refusal(Reply.UNKNOWN))
                : handler.handle(request, customer);
    }
}
