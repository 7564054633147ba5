package refusals;

import static dev.weft.Weft.await;
import static dev.weft.Weft.closing;
import static refusals.other.AutoCloseableKt.closeFinally;

import dev.weft.Async;
import dev.weft.AsyncCloseable;
import dev.weft.Awaitable;
import dev.weft.Closing;
import dev.weft.Coroutine;

/** The code that Kotlin makes of resource.use { ... }. */
class KotlinUse {

    @Async
    Coroutine<Object> async(AsyncCloseable resource, Awaitable<Object> other) {
        AutoCloseable used = closing(resource); // ERROR: use closes closing(...) inside Kotlin's library, where nothing can wait for the end: keep closing(...) in a val, and call its close() in the finally of a try
        Throwable failure = null;
        Object result = ((Closing<?>) used).get();
        await(other);
        closeFinally(used, failure);
        return Coroutine.of(result);
    }

    void plain(AsyncCloseable resource) {
        AutoCloseable used = closing(resource); // ERROR: use closes closing(...) inside Kotlin's library
        ((Closing<?>) used).get();
        closeFinally(used, null);
    }

    @Async
    Coroutine<Void> anotherResource(AutoCloseable used, Closing<?> closing, Awaitable<?> other) {
        await(other);
        closeFinally(used, null);
        Object again = closing;
        ((Closing<?>) again).get();
        return Coroutine.done();
    }
}
