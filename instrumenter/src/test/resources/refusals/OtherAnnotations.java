package refusals;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;

import dev.weft.Coroutine;
import java.time.Duration;
import refusals.other.Async;

/** An annotation of the same simple name, of another library. */
class OtherAnnotations {
    @Async
    Coroutine<Integer> awaiting() {
        return Coroutine.of(await(sleep(Duration.ZERO, 1))); // ERROR: await in awaiting, whose annotation is refusals.other.Async: Weft's is dev.weft.Async; import that one
    }

    @Async
    int awaitingToo() {
        return await(sleep(Duration.ZERO, 2)); // ERROR: whose annotation is refusals.other.Async
    }

    @Async
    Coroutine<Integer> notAwaiting() {
        return Coroutine.of(1);
    }

    @Async
    void unrelated() {}
}
