package refusals;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Deferred;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** {@code @Async} on methods that cannot be async. */
abstract class WrongAsync {
    // ERROR without line: @Async method inNative is native, so there is no code to compile: remove @Async ... blocking
    @Async
    native Coroutine<Integer> inNative();

    @Async
    int number() {
        return 1; // ERROR: @Async method number returns int, but its caller continues before it has ended: return Coroutine<Integer>, or remove @Async
    }

    @Async
    void nothing() {
        await(sleep(Duration.ZERO)); // ERROR: @Async method nothing returns void, ... return Coroutine<Void>
    }

    @Async
    Object tooGeneral() {
        return Coroutine.of(1); // ERROR: @Async method tooGeneral returns Object
    }

    @Async
    Deferred<Integer> deferred() {
        return null; // ERROR: @Async method deferred returns Deferred
    }

    @Async
    CompletableFuture<Integer> future() {
        return null; // ERROR: @Async method future returns CompletableFuture
    }

    @Async
    synchronized Coroutine<Integer> locked() {
        return Coroutine.of(await(sleep(Duration.ZERO, 1))); // ERROR: @Async method locked is synchronized, but a monitor cannot be held across an await: remove synchronized ... AsyncLock
    }

    @Async
    static synchronized Coroutine<Integer> lockedClass() {
        return Coroutine.of(1); // ERROR: @Async method lockedClass is synchronized
    }

    @Async
    synchronized int lockedNumber() {
        return 1; // ERROR: @Async method lockedNumber returns int // ERROR: @Async method lockedNumber is synchronized
    }

    @Async
    void everythingAtOnce() throws InterruptedException {
        Thread.sleep(1); // ERROR: @Async method everythingAtOnce returns void // WARNING: Thread.sleep blocks
        synchronized (this) {
            await(sleep(Duration.ZERO)); // ERROR: await inside a synchronized block
        }
    }

    @Async
    abstract Coroutine<Integer> notHereYet();

    @Async
    Coroutine<Integer> right() {
        return Coroutine.of(1);
    }

    interface Source<T> {
        T next();
    }

    static class Bridged implements Source<Coroutine<Integer>> {
        @Override
        @Async
        public Coroutine<Integer> next() {
            return Coroutine.of(await(sleep(Duration.ZERO, 1)));
        }
    }
}
