package dev.weft.netty;

import static dev.weft.Weft.await;

import dev.weft.Async;
import dev.weft.AsyncCallable;
import dev.weft.Coroutine;

/** The failures of async code. */
final class Caught {
    private Caught() {}

    /** Runs {@code body} and returns its failure. */
    @Async
    static <T> Coroutine<Throwable> failureOf(AsyncCallable<T> body) throws Exception {
        T value;
        try {
            value = await(body.call());
        } catch (Throwable failure) {
            return Coroutine.of(failure);
        }
        throw new AssertionError("no failure, but " + value);
    }
}
