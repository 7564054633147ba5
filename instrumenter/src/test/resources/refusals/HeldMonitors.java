package refusals;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;

import dev.weft.Async;
import dev.weft.AsyncCallable;
import dev.weft.Coroutine;
import java.time.Duration;

/** {@code await} while a monitor is held. */
class HeldMonitors {
    private final Object lock = new Object();

    @Async
    Coroutine<Integer> plain() {
        synchronized (lock) {
            return Coroutine.of(await(sleep(Duration.ZERO, 1))); // ERROR: await inside a synchronized block ... other tasks ... AsyncLock: await(lock.with(
        }
    }

    @Async
    Coroutine<Integer> afterOne() {
        int i;
        synchronized (this) {
            i = 1;
        }
        i += await(sleep(Duration.ZERO, 2));
        synchronized (this) {
            i += await(sleep(Duration.ZERO, 3)); // ERROR: await inside a synchronized block
        }
        return Coroutine.of(i + await(sleep(Duration.ZERO, 4)));
    }

    @Async
    Coroutine<Integer> nested() {
        int i = 0;
        synchronized (lock) {
            synchronized (this) {
                i++;
            }
            i += await(sleep(Duration.ZERO, 5)); // ERROR: await inside a synchronized block
        }
        return Coroutine.of(i);
    }

    @Async
    Coroutine<Integer> inTry() {
        synchronized (lock) {
            try {
                await(sleep(Duration.ZERO)); // ERROR: await inside a synchronized block
            } catch (RuntimeException e) {
                await(sleep(Duration.ZERO)); // ERROR: await inside a synchronized block
            }
        }
        return Coroutine.of(1);
    }

    @Async
    Coroutine<Integer> inLoop() {
        for (int i = 0; i < 3; i++) {
            synchronized (lock) {
                if (i == 1) {
                    continue;
                }
                await(sleep(Duration.ZERO)); // ERROR: await inside a synchronized block
            }
            await(sleep(Duration.ZERO));
        }
        return Coroutine.of(1);
    }

    @Async
    Coroutine<Integer> returnedThroughTry() {
        try {
            synchronized (lock) {
                return plain(); // ERROR: a call inside a synchronized block makes a coroutine, which is returned through a try ... Await it after ... AsyncLock: await(lock.with(
            }
        } catch (RuntimeException e) {
            return Coroutine.of(0);
        }
    }

    @Async
    Coroutine<Integer> returnedFromTry() {
        synchronized (lock) {
            try {
                return plain(); // ERROR: a call inside a synchronized block makes a coroutine, which is returned through a try
            } finally {
                lock.notifyAll();
            }
        }
    }

    @Async
    Coroutine<Integer> madeInsideAndReturnedThroughTry() {
        try {
            Coroutine<Integer> made;
            synchronized (lock) {
                made = plain(); // ERROR: a call inside a synchronized block makes a coroutine, which is returned through a try
            }
            return made;
        } catch (RuntimeException e) {
            return Coroutine.of(0);
        }
    }

    @Async
    Coroutine<Integer> returnedWithoutTry() {
        synchronized (lock) {
            synchronized (this) {
                return plain();
            }
        }
    }

    @Async
    Coroutine<Integer> awaitedBehind() {
        try {
            Coroutine<Integer> made;
            synchronized (lock) {
                made = plain();
            }
            return Coroutine.of(await(made));
        } catch (RuntimeException e) {
            return Coroutine.of(0);
        }
    }

    @Async
    Coroutine<Integer> inLambda() {
        AsyncCallable<Integer> body =
                () -> {
                    synchronized (lock) {
                        return Coroutine.of(await(sleep(Duration.ZERO, 6))); // ERROR: await inside a synchronized block
                    }
                };
        synchronized (lock) {
            AsyncCallable<Integer> fine = () -> Coroutine.of(await(sleep(Duration.ZERO, 7)));
            lock.notifyAll();
        }
        try {
            synchronized (lock) {
                lock.notifyAll();
            }
        } catch (IllegalMonitorStateException e) {
            return Coroutine.of(await(sleep(Duration.ZERO, 8)));
        } finally {
            await(sleep(Duration.ZERO));
        }
        return Coroutine.from(body);
    }
}
