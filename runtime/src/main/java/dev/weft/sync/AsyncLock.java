package dev.weft.sync;

import dev.weft.AsyncCallable;
import dev.weft.Coroutine;

/**
 * Lets one task at a time pass. A lock has no owner: a task may release what another one has
 * acquired, and a task that acquires it twice waits for itself.
 *
 * <pre>{@code
 * private final AsyncLock lock = new AsyncLock();
 *
 * @Async
 * Coroutine<Void> append(String record) {
 *     await(lock.with(() -> write(record))); // one at a time, in the order in which they came
 *     return Coroutine.done();
 * }
 * }</pre>
 *
 * <p>First come, first served: nobody overtakes a waiter that is still in line. A waiter that is
 * cancelled leaves, also when the lock was about to be its own, and costs the others nothing.
 *
 * <p>It may be made anywhere, belongs to the loop that first uses it, and is used from that loop's
 * thread; everything else is an {@code IllegalStateException}.
 */
public final class AsyncLock {
    final Permits permit = new Permits("AsyncLock", 1, 1);

    /** A lock that is free. */
    public AsyncLock() {}

    /** Takes the lock, when awaited; suspends as long as it is held or others are in line. */
    public Coroutine<Void> acquire() {
        return permit.acquire();
    }

    /** Takes the lock if it is free and nobody is in line. */
    public boolean tryAcquire() {
        permit.use("tryAcquire");
        return permit.tryTake();
    }

    /**
     * Frees the lock. Who is first in line takes it in the next iteration.
     *
     * @throws IllegalStateException if it is free
     */
    public void release() {
        permit.use("release");
        if (permit.allFree()) {
            throw new IllegalStateException(
                    "release: the lock is free; release it once for each acquire");
        }
        permit.giveBack();
    }

    /** Whether {@link #tryAcquire} would be refused now. */
    public boolean locked() {
        permit.use("locked");
        return !permit.available();
    }

    /**
     * Takes the lock, runs what {@code body} gives when it is called then, and frees the lock,
     * however the body ends. Gives what the body gives, and throws what it or its call throws.
     */
    public <T> Coroutine<T> with(AsyncCallable<T> body) {
        return permit.with(body);
    }

    /** Whether somebody holds it. */
    boolean held() {
        return !permit.allFree();
    }
}
